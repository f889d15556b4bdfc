import { inWords, retention } from "./periods.ts";

/** Tables, what they hold of people, and how long: `period` counts from `from`; null: as `from` says. */
export type Kept = {
  tables: readonly string[];
  what: string;
  period: keyof typeof retention | null;
  from: string;
  becomes: string;
};

const deleted = "deleted";
/** Rows that say by an id alone which officer made them. */
const OFFICER = "names its officer by id alone";

/** Every table that holds anything about a person stands in one of these rows: a test reads the schema. */
export const kept: readonly Kept[] = [
  {
    tables: ["account"],
    what: "Who somebody is: name, number, mailboxes, mobile",
    period: "closedAccount",
    from: "after it closed",
    becomes: "anonymous; the id stays, for the trail",
  },
  {
    tables: [
      "password_credential",
      "security_answer",
      "security_phrase",
      "passkey",
      "totp_credential",
      "recovery_code_set",
      "recovery_code",
      "google_link",
    ],
    what: "What opens an account",
    period: null,
    from: "until its owner removes it, or the account closes",
    becomes: deleted,
  },
  {
    tables: ["account_ict_role", "staff_difference", "hardware_token", "hardware_token_event"],
    what: "Roles somebody says they hold; what the register says otherwise; tokens and who held them",
    period: null,
    from: "as long as the account",
    becomes: "deleted with its person; tokens stay, without what was noted of them",
  },
  {
    tables: ["audit_event"],
    what: "The trail: what happened, to whom, by whom (ids), from which address and device",
    period: "addressInTrail",
    from: "after the event",
    becomes: "address and device are taken out; the rest stays for good, sealed",
  },
  {
    tables: ["letter"],
    what: "Letters: to which address, about what, what became of them. Never their words",
    period: "letter",
    from: "after it was owed",
    becomes: deleted,
  },
  {
    tables: ["mailbox_letter"],
    what: "Whole letters, in the visible mailbox of a demonstration alone",
    period: "visibleMailbox",
    from: "after it was sent",
    becomes: deleted,
  },
  {
    tables: ["session"],
    what: "Sessions: address, device, proofs",
    period: "session",
    from: "after it ended",
    becomes: deleted,
  },
  {
    tables: ["device"],
    what: "Browsers somebody used",
    period: "browser",
    from: "after it was last used; sooner where its owner forgets it",
    becomes: deleted,
  },
  {
    tables: ["sign_in_ceremony", "totp_enrolment", "replacement_answer", "password_reset", "activation_ceremony"],
    what: "What was begun: a sign-in, an enrolment, a new password",
    period: "ceremony",
    from: "after it could last have been finished",
    becomes: deleted,
  },
  {
    tables: ["email_code"],
    what: "Codes by mail",
    period: "emailCode",
    from: "after it was asked for",
    becomes: deleted,
  },
  {
    tables: ["password_throttle"],
    what: "Wrong passwords in a row, by a keyed hash of the number",
    period: "idleThrottle",
    from: "after the last try; a password that was disabled by them stays so until it is recovered",
    becomes: deleted,
  },
  {
    tables: ["rate_limit", "used_captcha", "used_challenge", "oidc_record"],
    what: "Counters by address, what was answered once, codes and tokens of systems",
    period: null,
    from: "until it runs out (minutes to days)",
    becomes: deleted,
  },
  {
    tables: ["activation_link", "activation_answer"],
    what: "Activation links: the address, from which browser",
    period: "activationLink",
    from: "after it was made",
    becomes: deleted,
  },
  {
    tables: ["mailbox_change"],
    what: "A new mailbox that was asked for",
    period: "mailboxChange",
    from: "after it was asked for",
    becomes: deleted,
  },
  {
    tables: ["undo_link", "recovery", "enrolment_ticket"],
    what: "Recoveries, and links that undo something: addresses",
    period: "recovery",
    from: "after it was over",
    becomes: deleted,
  },
  {
    tables: ["data_export"],
    what: "Copies of one's own data",
    period: "dataExport",
    from: "after it was asked for",
    becomes: deleted,
  },
  {
    tables: ["undeliverable_mailbox"],
    what: "Addresses that letters came back from",
    period: "nobodysMailbox",
    from: "after it came back, where it is no open account's",
    becomes: deleted,
  },
  {
    tables: ["caller_check"],
    what: "Calls in which both sides proved themselves",
    period: "callerCheck",
    from: "after its end",
    becomes: deleted,
  },
  {
    tables: ["helpdesk_case", "officer_action", "officer_request", "access_request"],
    what: "Cases, and what officers did and decided, with the reasons (sealed)",
    period: "officersWork",
    from: "after it ended",
    becomes: deleted,
  },
  {
    tables: ["role_grant", "relying_party_role_grant", "consent", "staff_leaver"],
    what: "Rights, consents, and people whom the register no longer names",
    period: "endedRight",
    from: "after it ended, was withdrawn or decided",
    becomes: deleted,
  },
  {
    tables: ["staff_import", "staff_import_chunk", "staff_import_row", "hardware_token_import"],
    what: "Files of the staff register and of tokens, and what was read of them",
    period: "staffImport",
    from: `after it was applied or discarded; ${inWords(retention.staffImportLeft)} where nobody applied it`,
    becomes: deleted,
  },
  {
    tables: ["invitation"],
    what: "Whom a round of invitations wrote to",
    period: "invitation",
    from: "after the round ended",
    becomes: deleted,
  },
  {
    tables: ["relying_party_session"],
    what: "Sign-ins at systems",
    period: "relyingPartySession",
    from: `after it ended; the newest at each system ${inWords(retention.lastRelyingPartySession)}`,
    becomes: deleted,
  },
  {
    tables: ["campaign_letter"],
    what: "Whom a campaign wrote to",
    period: "campaignLetter",
    from: "after the campaign closed",
    becomes: deleted,
  },
  {
    tables: ["campaign_person", "move_request"],
    what: "How far people came in a campaign, and what was asked for and decided in it",
    period: "campaignPerson",
    from: "after the campaign closed",
    becomes: deleted,
  },
  {
    tables: ["onsite_place"],
    what: "Places in sessions in person",
    period: "onsitePlace",
    from: "after the session",
    becomes: deleted,
  },
  {
    tables: ["transaction_approval"],
    what: "Transactions somebody approved or refused, with the signed statement (sealed)",
    period: "decidedApproval",
    from: `after it ran out; ${inWords(retention.undecidedApproval)} where nobody decided`,
    becomes: deleted,
  },
  {
    tables: ["agency_setting", "announcement", "campaign", "campaign_run", "onsite_session", "invitation_round"],
    what: `What officers set up: ${OFFICER}`,
    period: null,
    from: "as long as the thing itself",
    becomes: "stays with it",
  },
];

/** Tables that hold nothing about anybody: what the agency has set up, counts, and the portal's own. */
export const aboutNobody: readonly string[] = [
  "account_count",
  "agency_crest",
  "audit_redaction",
  "audit_seal",
  "campaign_day",
  "campaign_phase",
  "campaign_phase_office",
  "campaign_target",
  "campaign_target_ict_role",
  "campaign_text",
  "campaign_trail",
  "daily_count",
  "daily_count_run",
  "demonstration",
  "ict_role",
  "instance",
  "key_check",
  "office",
  "onsite_session_office",
  "relying_party",
  "relying_party_role",
  "relying_party_secret",
  "security_question",
  "signing_key",
  "statement_key",
  "webhook_event",
];

/** The table as docs/operate.md has it. */
export function keptInMarkdown(): string {
  const rows = kept.map(({ what, period, from, becomes, tables }) => {
    const long = period === null ? from : `${inWords(retention[period])} ${from}`;
    return `| ${what} | ${long} | ${becomes} | ${tables.map((table) => `\`${table}\``).join(" ")} |`;
  });
  return ["| What | Kept | Then | Tables |", "| --- | --- | --- | --- |", ...rows].join("\n");
}
