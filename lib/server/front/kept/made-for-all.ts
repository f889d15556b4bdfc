/** Tells a page of a sign-in that it is made for everybody: it shows `HOLE` for the number. No client can send it. */
export const MADE_FOR_ALL = "x-kunci-made-for-all";

/**
 * What stands for a number while its page is made, so that nobody's can be kept. A character that Unicode leaves to private use and
 * no page has; and one alone, since React cuts what it sends to scripts after any.
 */
export const HOLE = "\uE4D1";
