import { EXPORT_PURPOSE } from "#lib/account/data-export/make-export.ts";
import { CASE_PURPOSES } from "#lib/account/open-case.ts";
import { MOBILE_PURPOSE } from "#lib/account/profile/seal-mobile.ts";
import { APPROVAL_PURPOSES } from "#lib/account/read-approval.ts";
import { REQUEST_NOTE, REQUEST_REFUSAL } from "#lib/account/read-request-words.ts";
import { IDENTITY_PURPOSE } from "#lib/account/seal-identity.ts";
import { TOKEN_NOTE_PURPOSE } from "#lib/account/token-note.ts";
import { EMAIL_PURPOSE } from "#lib/authenticators/google/google-identity.ts";
import { PHRASE_PURPOSE } from "#lib/authenticators/security-phrase/seal-phrase.ts";
import { TOTP_PURPOSE } from "#lib/authenticators/totp/find-totp.ts";
import { TOKEN_ROWS_PURPOSE } from "#lib/campaign/tokens/import/kept-rows.ts";
import { OFFICER_REASON_PURPOSE } from "#lib/helpdesk/reason.ts";
import { RECORD_PURPOSE } from "#lib/relying-party/provider/records/records.ts";
import { SIGNING_KEY_PURPOSE } from "#lib/relying-party/signing-keys/make-signing-key.ts";
import { STAFF_FILE_PURPOSE } from "#lib/staff-register/import/kept-file.ts";

/** A column that holds sealed values. */
export type SealedPlace = {
  table: string;
  column: string;
  /** Its primary key: columns and their types, in the order of its index. */
  key: readonly (readonly [column: string, type: "uuid" | "text" | "integer" | "bigint"])[];
  /** What its values are bound to; `{column}` stands for that column of the row. */
  purpose: string;
  /** In SQL, of row `t`: the owner that they are bound to besides. */
  owner: string;
  /** As bytes (`sealBytes`), not as text. */
  isBytes?: true;
  /** So few at a time, where a value may be large. */
  atOnce?: number;
};

const ID = [["id", "uuid"]] as const;
const OF_ACCOUNT = [["account_id", "uuid"]] as const;

const byId = (table: string, column: string, purpose: string, owner = "t.id"): SealedPlace => ({
  ...{ table, column, purpose, owner },
  key: ID,
});

/** Every place where something sealed with the sealing key lies. A test holds it against the schema. */
export const sealedPlaces: readonly SealedPlace[] = [
  byId("account", "identity_sealed", IDENTITY_PURPOSE),
  byId("account", "mobile_sealed", MOBILE_PURPOSE),
  { table: "totp_credential", column: "secret_sealed", key: OF_ACCOUNT, purpose: TOTP_PURPOSE, owner: "t.id" },
  { table: "totp_enrolment", column: "secret_sealed", key: OF_ACCOUNT, purpose: TOTP_PURPOSE, owner: "t.id" },
  {
    table: "security_phrase",
    column: "phrase_sealed",
    key: OF_ACCOUNT,
    purpose: PHRASE_PURPOSE,
    owner: "t.account_id",
  },
  { table: "google_link", column: "email_sealed", key: OF_ACCOUNT, purpose: EMAIL_PURPOSE, owner: "t.id" },
  byId("helpdesk_case", "wanted_sealed", CASE_PURPOSES.wanted),
  byId("helpdesk_case", "reason_sealed", CASE_PURPOSES.reason),
  byId("helpdesk_case", "answer_sealed", CASE_PURPOSES.answer),
  byId("helpdesk_case", "former_sealed", CASE_PURPOSES.former),
  byId("officer_action", "reason_sealed", OFFICER_REASON_PURPOSE),
  byId("officer_request", "reason_sealed", OFFICER_REASON_PURPOSE),
  byId("officer_request", "decision_reason_sealed", OFFICER_REASON_PURPOSE),
  byId("move_request", "reason_sealed", OFFICER_REASON_PURPOSE),
  byId("move_request", "decision_reason_sealed", OFFICER_REASON_PURPOSE),
  byId("campaign_run", "reason_sealed", OFFICER_REASON_PURPOSE),
  byId("access_request", "note_sealed", REQUEST_NOTE),
  byId("access_request", "refusal_sealed", REQUEST_REFUSAL),
  byId("transaction_approval", "content_sealed", APPROVAL_PURPOSES.content),
  byId("transaction_approval", "reason_sealed", APPROVAL_PURPOSES.reason),
  byId("transaction_approval", "statement_sealed", APPROVAL_PURPOSES.statement),
  {
    ...byId("hardware_token_event", "note_sealed", TOKEN_NOTE_PURPOSE, "t.token_id"),
    key: [["id", "bigint"]],
  },
  { ...byId("hardware_token_import", "rows_sealed", TOKEN_ROWS_PURPOSE), atOnce: 4 },
  {
    ...{ table: "staff_import_row", column: "identity_sealed", purpose: IDENTITY_PURPOSE, owner: "t.new_account_id" },
    key: [
      ["import_id", "uuid"],
      ["line", "integer"],
    ],
  },
  {
    ...{ table: "staff_import_chunk", column: "body", purpose: STAFF_FILE_PURPOSE, isBytes: true, atOnce: 8 },
    owner: "t.import_id || ':' || t.number",
    key: [
      ["import_id", "uuid"],
      ["number", "integer"],
    ],
  },
  { ...byId("data_export", "body", EXPORT_PURPOSE), isBytes: true, atOnce: 1 },
  {
    ...{ table: "oidc_record", column: "payload_sealed", purpose: `${RECORD_PURPOSE}{model}`, owner: "t.id_digest" },
    key: [
      ["model", "text"],
      ["id_digest", "text"],
    ],
  },
  {
    table: "signing_key",
    column: "private_sealed",
    purpose: SIGNING_KEY_PURPOSE,
    owner: "t.kid",
    key: [["kid", "text"]],
  },
];

/** Columns of bytes that hold nothing sealed: pictures that everybody sees, and hashes. */
export const plainBytes = [
  "agency_crest.png",
  "relying_party.logo",
  "audit_seal.entries",
  "audit_redaction.entries",
] as const;
