/** What a profile is made of, in the order people are led through it. */
export const completenessKeys = [
  "official_email",
  "personal_email",
  "mobile",
  "office_confirmed",
  "ict_roles",
  "second_factor",
] as const;
export type CompletenessKey = (typeof completenessKeys)[number];

/** Whether each of them is there. Columns of a statement of one's own: `completenessColumns`. */
export type CompletenessFacts = Record<CompletenessKey, boolean>;

export type CompletenessItem = {
  key: CompletenessKey;
  done: boolean;
  /** Where it is done, or where it says how it will be. */
  path: `/settings/${string}`;
  /** Nothing is left for the person to do: somebody else has to. */
  waits: boolean;
};

export type Completeness = { items: readonly CompletenessItem[]; done: number; of: number };

const paths = {
  official_email: "/settings/profile/email/official",
  personal_email: "/settings/profile/email/personal",
  mobile: "/settings/profile/mobile",
  office_confirmed: "/settings/profile/office",
  ict_roles: "/settings/profile/roles",
  second_factor: "/settings/passkeys",
} as const satisfies Record<CompletenessKey, CompletenessItem["path"]>;

/**
 * How complete a profile is. `wanted`: the part of it that is asked for, all of it where nothing is said; a campaign
 * asks for its own.
 */
export function completenessOf(
  facts: CompletenessFacts,
  wanted: readonly CompletenessKey[] = completenessKeys,
): Completeness {
  const items = completenessKeys
    .filter((key) => wanted.includes(key))
    .map((key) => ({ key, done: facts[key], path: paths[key], waits: key === "office_confirmed" && !facts[key] }));
  return { items, done: items.filter(({ done }) => done).length, of: items.length };
}

/** The columns of `CompletenessFacts` for the account that `account` names (`a`), to be part of a larger statement. */
export const completenessColumns = (account: string): string => `
  ${account}.official_email_verified_at is not null as "official_email",
  ${account}.personal_email is not null and ${account}.personal_email_verified_at is not null as "personal_email",
  ${account}.mobile_sealed is not null as "mobile",
  ${account}.staff_confirmed_at is not null as "office_confirmed",
  exists (select 1 from account_ict_role where account_id = ${account}.id) as "ict_roles",
  exists (select 1 from passkey where account_id = ${account}.id)
    or exists (select 1 from totp_credential where account_id = ${account}.id) as "second_factor"`;
