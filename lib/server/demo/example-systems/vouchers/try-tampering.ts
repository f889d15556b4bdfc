import { type Expected, type Verdict, verifyStatement } from "./verify-statement.ts";

/** What somebody might try with a true statement. */
const tamperings = ["byte", "amount", "decision", "none", "otherSystem", "books"] as const;
export type Tampering = (typeof tamperings)[number];

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const decoded = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));

/** Each of them, and what verifying says of it. */
export async function tryTampering(
  statement: string,
  expected: Expected,
): Promise<{ tampering: Tampering; verdict: Verdict }[]> {
  const [head = "", body = "", signature = ""] = statement.split(".");
  const said = decoded(body);
  const content = said.content as Record<string, unknown>;
  const middle = Math.floor(body.length / 2);
  const other = body[middle] === "A" ? "B" : "A";
  const dearer = { ...expected.asked, amount: `9${expected.asked.amount}` };
  const turned = said.decision === "approved" ? "refused" : "approved";
  const tried: Record<Tampering, [statement: string, expected: Expected]> = {
    byte: [`${head}.${body.slice(0, middle)}${other}${body.slice(middle + 1)}.${signature}`, expected],
    amount: [`${head}.${encoded({ ...said, content: { ...content, amount: dearer.amount } })}.${signature}`, expected],
    decision: [`${head}.${encoded({ ...said, decision: turned })}.${signature}`, expected],
    none: [`${encoded({ ...decoded(head), alg: "none" })}.${body}.`, expected],
    otherSystem: [statement, { ...expected, clientId: "contoh-cuti" }],
    books: [statement, { ...expected, asked: dearer }],
  };
  return Promise.all(
    tamperings.map(async (tampering) => ({ tampering, verdict: await verifyStatement(...tried[tampering]) })),
  );
}
