// Source: features of the field 5 (assisted filing, then control passes to the person) and 16; the lengths are our own choice.

/** How long a receipt that somebody else was shown can be given in for one that only the person has seen, in calendar days. */
export const ONE_TIME_RECEIPT_DAYS = 30;
