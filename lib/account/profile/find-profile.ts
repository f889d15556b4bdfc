import { run } from "#db/named.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import type { MobileNumber } from "#lib/kernel/mobile-number.ts";
import type { Office } from "#lib/office/find-office.ts";
import type { IctRole } from "./change-ict-roles.ts";
import { type Completeness, type CompletenessFacts, completenessColumns, completenessOf } from "./completeness.ts";
import { type Correction, type CorrectionRow, correctionColumns, correctionOf } from "./list-corrections.ts";
import { unsealMobile } from "./seal-mobile.ts";

export type Profile = {
  accountId: string;
  fullName: string;
  identity: IdentityNumber;
  officialEmail: string;
  officialEmailVerifiedAt: Date | null;
  personalEmail: string | null;
  personalEmailVerifiedAt: Date | null;
  mobile: MobileNumber | null;
  office: Office & { address: string | null };
  staffConfirmedAt: Date | null;
  /** In the order they are offered. */
  roles: readonly IctRole[];
  completeness: Completeness;
  /** What the person has asked to be put right and nobody has decided on: one of a kind at most. */
  waiting: readonly Correction[];
  /** The last three that were decided, newest first, with the answer. */
  decided: readonly Correction[];
};

const findStatement = {
  name: "profile_of_account",
  text: `select a.id, a.full_name as "fullName", a.identity_sealed as "identitySealed", a.mobile_sealed as "mobileSealed",
      a.official_email::text as "officialEmail", a.official_email_verified_at as "officialEmailVerifiedAt",
      a.personal_email::text as "personalEmail", a.personal_email_verified_at as "personalEmailVerifiedAt",
      a.staff_confirmed_at as "staffConfirmedAt", ${completenessColumns("a")},
      jsonb_build_object('id', o.id, 'code', o.code, 'name', o.name, 'address', o.address) as "office",
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'nameMs', r.name_ms, 'nameEn', r.name_en) order by r.position, r.id), '[]')
        from account_ict_role h join ict_role r on r.id = h.role_id where h.account_id = a.id) as "roles",
      (select coalesce(jsonb_agg(c), '[]') from (
        select ${correctionColumns} where c.account_id = a.id and c.kind <> 'report' and c.state = 'open'
      ) c) as "waiting",
      (select coalesce(jsonb_agg(c), '[]') from (
        select ${correctionColumns} where c.account_id = a.id and c.kind <> 'report' and c.state in ('approved', 'refused')
        order by c.ended_at desc, c.id desc limit 3
      ) c) as "decided"
    from account a join office o on o.id = a.office_id where a.id = $1`,
};

type Row = Omit<Profile, "accountId" | "identity" | "mobile" | "completeness" | "waiting" | "decided"> &
  CompletenessFacts & {
    id: string;
    identitySealed: string;
    mobileSealed: string | null;
    waiting: CorrectionRow[];
    decided: CorrectionRow[];
  };

/** All that the profile of an account shows, in one statement. */
export async function findProfile(ctx: Pick<Context, "db" | "keys">, accountId: string): Promise<Profile> {
  const [row] = await run<Row>(ctx.db, findStatement, [accountId]);
  if (!row) throw new Error(`There is no account ${accountId}`);
  return {
    accountId: row.id,
    fullName: row.fullName,
    identity: unsealIdentity(ctx, row),
    officialEmail: row.officialEmail,
    officialEmailVerifiedAt: row.officialEmailVerifiedAt,
    personalEmail: row.personalEmail,
    personalEmailVerifiedAt: row.personalEmailVerifiedAt,
    mobile: unsealMobile(ctx, row),
    office: row.office,
    staffConfirmedAt: row.staffConfirmedAt,
    roles: row.roles,
    completeness: completenessOf(row),
    waiting: row.waiting.map((each) => correctionOf(ctx, each)),
    decided: row.decided.map((each) => correctionOf(ctx, each)),
  };
}

const completenessStatement = {
  name: "completeness_of_account",
  text: `select ${completenessColumns("a")} from account a where a.id = $1`,
};

/** How complete the profile of an account is, and nothing else of it. */
export async function findCompleteness(ctx: Pick<Context, "db">, accountId: string): Promise<Completeness> {
  const [row] = await run<CompletenessFacts>(ctx.db, completenessStatement, [accountId]);
  if (!row) throw new Error(`There is no account ${accountId}`);
  return completenessOf(row);
}
