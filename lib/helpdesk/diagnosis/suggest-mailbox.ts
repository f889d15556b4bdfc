/**
 * The address on a domain that the agency uses, where one slip of a finger explains the difference: a character that is
 * missing, too many, another, or two that changed places. Null where none is so near, or several are.
 */
export function suggestMailbox(mailbox: string, domains: readonly string[]): string | null {
  const at = mailbox.lastIndexOf("@");
  const local = mailbox.slice(0, at);
  const typed = mailbox.slice(at + 1).toLowerCase();
  const meant = new Set(
    domains.map((domain) => nearest(typed, domain.trim().toLowerCase())).filter((one) => one !== null),
  );
  const [only, ...more] = meant;
  return only && more.length === 0 ? `${local}@${only}` : null;
}

/** Of `*.gov.my` the end alone can be told: what stands before it is anybody's. */
function nearest(typed: string, listed: string): string | null {
  if (!listed.startsWith("*.")) return isOneSlip(typed, listed) ? listed : null;
  const end = listed.slice(2);
  const labels = typed.split(".");
  const kept = labels.length - end.split(".").length;
  if (kept < 1 || !isOneSlip(labels.slice(kept).join("."), end)) return null;
  return [...labels.slice(0, kept), end].join(".");
}

/** Whether one insertion, deletion, substitution or swap of neighbours makes one of the other; not where they are equal. */
export function isOneSlip(one: string, other: string): boolean {
  if (one === other || Math.abs(one.length - other.length) > 1) return false;
  let from = 0;
  while (from < one.length && one[from] === other[from]) from += 1;
  const rest = (text: string, skipped: number) => text.slice(from + skipped);
  if (one.length > other.length) return rest(one, 1) === rest(other, 0);
  if (one.length < other.length) return rest(one, 0) === rest(other, 1);
  if (rest(one, 1) === rest(other, 1)) return true;
  return one[from] === other[from + 1] && one[from + 1] === other[from] && rest(one, 2) === rest(other, 2);
}

/** An address part by part, and which parts the other has not: `conto` of `a@conto.example.gov.my`. `at`: where it begins. */
export function differingLabels(mailbox: string, other: string): { text: string; differs: boolean; at: number }[] {
  const split = (text: string) => text.split(/(?<=[@.])|(?=[@.])/);
  const theirs = new Set(split(other));
  let at = 0;
  return split(mailbox).map((text) => {
    const part = { text, differs: !theirs.has(text), at };
    at += text.length;
    return part;
  });
}
