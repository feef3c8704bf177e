"""The public's face: what has been released, without sign-in, and nothing else."""
