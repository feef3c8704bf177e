"""Publication: what the public may see, frozen at the moment of release.

In: documents, results. Out: releases, which are all that the portal knows.
"""
