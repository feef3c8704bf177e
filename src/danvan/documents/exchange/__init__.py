"""Documents between systems: the national exchange package (edXML), deliveries and receipts.

In: packages of others, which become documents to be read; receipts of what was sent. Out: packages,
letters with the file, notices to units that work in danvan. `edxml` and what stands under it is
plain Python; `taking` and `sending` change data.
"""
