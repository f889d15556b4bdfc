/**
 * The end of an axis for a largest value: an even number that reads easily and is not much larger. 2 at least, so that its
 * middle is a whole number too.
 */
export function niceTop(largest: number): number {
  const size = 10 ** Math.floor(Math.log10(Math.max(2, largest)));
  const steps = size === 1 ? [2, 4, 6, 8, 10] : [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10];
  const fitting = steps.map((step) => step * size).find((top) => top >= largest);
  return fitting ?? size * 10;
}
