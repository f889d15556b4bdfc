/** What stands after these is a secret or somebody's id. Words of pages below them stay. */
const GUARDED = new Set(["activate", "recover", "undo", "lock", "interaction", "auth", "accounts"]);
const WORD = /^[a-z][a-z-]{0,30}(\.[a-z]{2,5})?$/;

/**
 * The path of a request as a log may know it: without its query, and without anything that could be a link's secret, a code
 * or an identity number. Only plain words stay, so a token that comes to stand in a new place is left out as well.
 */
export function routeOf(target: string): string {
  const segments = (target.split("?", 1)[0] ?? "").split("/").slice(0, 8);
  return (
    segments.map((segment, at) => (at === 0 || isPlain(segment, segments[at - 1]) ? segment : ":id")).join("/") || "/"
  );
}

function isPlain(segment: string, parent: string | undefined): boolean {
  if (segment === "") return true;
  // A token of letters alone is longer than any page's name.
  return WORD.test(segment) && (!GUARDED.has(parent ?? "") || segment.length <= 9);
}
