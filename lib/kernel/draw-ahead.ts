/** In bytes. */
const DRAWN = 4096;

/**
 * The same randomness, asked of the system some hundred values at a time: each asking costs far more than its bytes. For work
 * on many rows; what is drawn ahead and never used is forgotten with the function.
 */
export function drawAhead(random: (bytes: number) => Buffer): (bytes: number) => Buffer {
  let drawn: Buffer = Buffer.alloc(0);
  return (bytes) => {
    if (bytes > drawn.length) drawn = random(Math.max(bytes, DRAWN));
    const taken = drawn.subarray(0, bytes);
    drawn = drawn.subarray(bytes);
    return taken;
  };
}
