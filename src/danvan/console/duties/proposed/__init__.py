"""Work that the software proposes from the dates of documents, and its study."""
