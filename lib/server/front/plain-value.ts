const DEEPEST = 32;
/** Of the strings that React's encoding gives a meaning, those that are plain values: undefined, odd numbers, big ones, dates, and "$" itself. */
const PLAIN = /^\$(?:\$.*|undefined|NaN|Infinity|-Infinity|-0|n-?\d{1,300}|D\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/s;
const SAME_OBJECT = /^\$([0-9a-f]{1,4})((?::[^:]+)*)$/s;

/**
 * Whether a decoded row holds nothing but plain values, as the state of a form does. React's encoding can also name files,
 * streams, functions and other rows; what is malformed among them makes Next.js answer 500. `row` is the row's id: an object
 * that occurs twice is written once and then named by row and path.
 */
export function isPlainValue(value: unknown, row: string, root: unknown = value): boolean {
  return walk(value, []);

  function walk(each: unknown, within: readonly unknown[]): boolean {
    if (typeof each === "string") return !each.startsWith("$") || PLAIN.test(each) || namesEarlierObject(each, within);
    if (typeof each !== "object" || each === null) return true;
    if (within.length === DEEPEST) return false;
    return Object.values(each).every((inner) => walk(inner, [...within, each]));
  }

  /** An object further up the same row, and none that the name itself lies in: a circle never resolves. */
  function namesEarlierObject(name: string, within: readonly unknown[]): boolean {
    const [, inRow, path = ""] = SAME_OBJECT.exec(name) ?? [];
    if (inRow !== row) return false;
    let found = root;
    for (const step of path.split(":").slice(1)) {
      if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return false;
      found = (found as Record<string, unknown>)[step];
    }
    return typeof found === "object" && found !== null && found !== root && !within.includes(found);
  }
}

/** The value of a JSON text; undefined, which no JSON is, where it is malformed. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
