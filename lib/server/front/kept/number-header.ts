/** Tells a page of a sign-in what number it is to show, and that nothing else is known of it. No client can send it. */
export const NUMBER_HEADER = "x-kunci-number-shown";
