"""What follows from documents by their dates: study, reviews, joint plans, who has concretised them."""
