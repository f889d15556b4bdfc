import { run } from "#db/named.ts";
import { readCase, readEnding } from "#lib/account/open-case.ts";
import type { CaseKind } from "#lib/audit/catalogue.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type IdentityNumber, parseCanonical } from "#lib/kernel/identity-number.ts";
import type { Office } from "#lib/office/find-office.ts";

/** name, office: the office confirms. identity: two officers decide. */
export type CorrectionKind = Exclude<CaseKind, "report">;

/** Why an identity number is to be another. */
export const identityReasons = ["renewed_passport", "got_mykad", "wrong_number"] as const;
export type IdentityReason = (typeof identityReasons)[number];

export type Correction = {
  id: string;
  reference: string;
  state: "open" | "withdrawn" | "approved" | "refused" | "closed";
  openedAt: Date;
  endedAt: Date | null;
  /** What whoever decided lets its owner know: why it was refused. */
  answer: string | null;
} & (
  | { kind: "name"; name: string }
  | { kind: "office"; office: Office }
  | { kind: "identity"; identity: IdentityNumber; why: IdentityReason }
);

/** What a case of kind "identity" wants, as it lies sealed: the canonical number, and why. */
export const wantedIdentity = {
  write: (identity: string, why: IdentityReason): string => JSON.stringify({ identity, why }),
  read: (wanted: string): { identity: IdentityNumber; why: IdentityReason } => {
    const { identity, why } = JSON.parse(wanted) as { identity: string; why: IdentityReason };
    return { identity: parseCanonical(identity), why };
  },
};

/** Times as JSON has them, since they may come out of an aggregate. */
export type CorrectionRow = {
  id: string;
  kind: CorrectionKind;
  reference: string;
  state: Correction["state"];
  wantedSealed: string | null;
  answerSealed: string | null;
  openedAt: string;
  endedAt: string | null;
  office: Office | null;
};

/** The columns of a `CorrectionRow` and where they come from: a `where` on `c` is to follow. */
export const correctionColumns = `c.id, c.kind, c.reference, c.state, c.wanted_sealed as "wantedSealed", c.answer_sealed as "answerSealed",
  to_json(c.opened_at) #>> '{}' as "openedAt", to_json(c.ended_at) #>> '{}' as "endedAt",
  case when co.id is not null then jsonb_build_object('id', co.id, 'code', co.code, 'name', co.name) end as "office"
  from helpdesk_case c left join office co on co.id = c.office_id`;

/** What a row of a correction says. Throws where it does not hold what its kind is about. */
export function correctionOf(ctx: Pick<Context, "keys">, row: CorrectionRow): Correction {
  const { id, kind, reference, state } = row;
  const openedAt = new Date(row.openedAt);
  const endedAt = row.endedAt === null ? null : new Date(row.endedAt);
  const { answer } = readEnding(ctx, { id, answerSealed: row.answerSealed, formerSealed: null });
  const about = { id, reference, state, openedAt, endedAt, answer };
  if (kind === "office" && row.office) return { ...about, kind, office: row.office };
  const { wanted } = readCase(ctx, { id, wantedSealed: row.wantedSealed, reasonSealed: null });
  if (wanted !== null && kind === "name") return { ...about, kind, name: wanted };
  if (wanted !== null && kind === "identity") return { ...about, kind, ...wantedIdentity.read(wanted) };
  throw new Error(`The case ${id} does not say what is wanted`);
}

/** What a page shows of the past; more is read out by the helpdesk. */
const SHOWN = 10;

const listStatement = {
  name: "corrections_of_account",
  text: `select ${correctionColumns} where c.account_id = $1 and c.kind = $2 order by c.opened_at desc, c.id desc limit ${SHOWN}`,
};

/** What an account's owner has asked to be put right of one kind, newest first: the last ten. */
export async function listCorrections(
  ctx: Pick<Context, "db" | "keys">,
  accountId: string,
  kind: CorrectionKind,
): Promise<Correction[]> {
  const rows = await run<CorrectionRow>(ctx.db, listStatement, [accountId, kind]);
  return rows.map((row) => correctionOf(ctx, row));
}
