import { sql } from "drizzle-orm";
import {
  boolean,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { account } from "./account.ts";
import { at } from "./columns.ts";
import { office } from "./office.ts";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/**
 * receiving: the file is coming in. reading: its rows are looked at. columns: somebody must say what stands where.
 * ready: the preview. applying: rows become accounts. The last three are the ends.
 */
export const staffImportStates = [
  "receiving",
  "reading",
  "columns",
  "ready",
  "applying",
  "applied",
  "refused",
  "discarded",
] as const;

/** A file of the staff register and how far it has come. */
export const staffImport = pgTable(
  "staff_import",
  {
    id: uuid("id").primaryKey(),
    state: text("state", { enum: staffImportStates }).notNull(),
    /** Why the file cannot be read (a refusal's code). */
    refusal: text("refusal"),
    fileName: text("file_name").notNull(),
    /** In bytes. */
    size: integer("size").notNull().default(0),
    /** SHA-256 of the file: a second upload of the same is told. */
    digest: text("digest"),
    /** Null where an operator imports at the command line. */
    uploadedBy: uuid("uploaded_by").references(() => account.id),
    uploadedAt: at("uploaded_at").notNull(),
    /** The file is the whole register: whoever it does not name has left. */
    isWhole: boolean("is_whole").notNull(),
    /** How the file is built: kind, encoding, separator, which line has the titles, and the first lines (JSON). */
    layout: jsonb("layout"),
    /** Which column holds what (JSON); null until it is known. */
    mapping: jsonb("mapping"),
    /** The last line of which the row is staged: reading goes on after it. */
    readTo: integer("read_to").notNull().default(0),
    rowsRead: integer("rows_read").notNull().default(0),
    /** How many rows of each kind there are, and how many people are missing (JSON); null until all are read. */
    counts: jsonb("counts"),
    readyAt: at("ready_at"),
    /** New people may activate from then on, where their row says nothing else. */
    opensAt: at("opens_at"),
    /** People who are missing are suspended at this moment, unless somebody decides earlier; null: by hand alone. */
    suspendsAt: at("suspends_at"),
    /** The last line that was applied: applying goes on after it. */
    appliedTo: integer("applied_to").notNull().default(0),
    applyingSince: at("applying_since"),
    appliedBy: uuid("applied_by").references(() => account.id),
    endedAt: at("ended_at"),
  },
  (t) => [
    // What two files say of one person must not be applied in turns.
    uniqueIndex("staff_import_one_applying").on(sql`(true)`).where(sql`${t.state} = 'applying'`),
    index("staff_import_recent").on(t.uploadedAt),
  ],
);

/** The file, encrypted piece by piece, until it has been applied or thrown away. */
export const staffImportChunk = pgTable(
  "staff_import_chunk",
  {
    importId: uuid("import_id")
      .notNull()
      .references(() => staffImport.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    body: bytes("body").notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.number] })],
);

export const staffRowKinds = ["new", "changed", "same", "ending", "left", "bad"] as const;

/**
 * One line of the file as it was understood. `identitySealed` is bound to `accountId`, which is the account's that the
 * row is about, or of the one it would become.
 */
export const staffImportRow = pgTable(
  "staff_import_row",
  {
    importId: uuid("import_id")
      .notNull()
      .references(() => staffImport.id, { onDelete: "cascade" }),
    line: integer("line").notNull(),
    kind: text("kind", { enum: staffRowKinds }).notNull(),
    /** bad: what is wrong, as codes; the first of them counts. */
    reasons: text("reasons").array(),
    identityType: text("identity_type", { enum: ["mykad", "passport"] }),
    identityIndex: text("identity_index"),
    /** As an account's. */
    identityIndexFormer: text("identity_index_former"),
    identitySealed: text("identity_sealed"),
    /** Masked; of one that cannot be read, the beginning of what was typed. */
    identityShown: text("identity_shown"),
    /** bad: as it was typed, where that is no name. */
    fullName: text("full_name"),
    /** In lower case: compared a hundred thousand times, which `citext` is slow at. */
    officialEmail: text("official_email"),
    officeId: uuid("office_id").references(() => office.id),
    opensAt: at("opens_at"),
    /** The last day of service. */
    leavesOn: date("leaves_on", { mode: "string" }),
    accountId: uuid("account_id"),
    /** A new row's own account id, to which its identity is sealed. */
    newAccountId: uuid("new_account_id"),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.line] }),
    index("staff_import_row_identity").on(t.importId, t.identityIndex),
    index("staff_import_row_mailbox").on(t.importId, t.officialEmail),
    index("staff_import_row_kind").on(t.importId, t.kind, t.line),
  ],
);

/** Somebody whom the register no longer names, or whose service ends. */
export const staffLeaver = pgTable(
  "staff_leaver",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    importId: uuid("import_id").references(() => staffImport.id, { onDelete: "set null" }),
    why: text("why", { enum: ["missing", "ended"] }).notNull(),
    /** ended: the last day of service. */
    leavesOn: date("leaves_on", { mode: "string" }),
    /** withdrawn: the register names them again. moot: the account was suspended or closed otherwise. */
    state: text("state", { enum: ["proposed", "suspended", "kept", "withdrawn", "moot"] }).notNull(),
    proposedAt: at("proposed_at").notNull(),
    /** Suspended by itself at this moment; null: somebody has to decide. */
    suspendsAt: at("suspends_at"),
    /** Null where it happened by itself. */
    decidedBy: uuid("decided_by").references(() => account.id),
    decidedAt: at("decided_at"),
  },
  (t) => [
    uniqueIndex("staff_leaver_one_proposed").on(t.accountId).where(sql`${t.state} = 'proposed'`),
    index("staff_leaver_of_account").on(t.accountId, t.proposedAt),
    index("staff_leaver_age").on(t.decidedAt).where(sql`${t.decidedAt} is not null`),
    index("staff_leaver_due").on(t.suspendsAt).where(sql`${t.state} = 'proposed'`),
    index("staff_leaver_open").on(t.proposedAt, t.id).where(sql`${t.state} = 'proposed'`),
  ],
);

/** What the register says of somebody otherwise than their account does. Nothing is overwritten once it is theirs. */
export const staffDifference = pgTable(
  "staff_difference",
  {
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    field: text("field", { enum: ["full_name", "official_email", "office"] }).notNull(),
    /** The register's; of an office, its id. */
    value: text("value").notNull(),
    seenAt: at("seen_at").notNull(),
    state: text("state", { enum: ["open", "adopted", "dismissed"] }).notNull(),
    decidedBy: uuid("decided_by").references(() => account.id),
    decidedAt: at("decided_at"),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.field] }),
    index("staff_difference_open").on(t.seenAt, t.accountId).where(sql`${t.state} = 'open'`),
  ],
);

/** Letters to people who may activate, sent at the mail provider's pace. One round runs at a time. */
export const invitationRound = pgTable(
  "invitation_round",
  {
    id: uuid("id").primaryKey(),
    state: text("state", { enum: ["running", "paused", "done", "stopped"] }).notNull(),
    /** never: who was never invited. waiting: everybody who has not activated. */
    who: text("who", { enum: ["never", "waiting"] }).notNull(),
    officeId: uuid("office_id").references(() => office.id),
    total: integer("total").notNull(),
    startedBy: uuid("started_by").references(() => account.id),
    startedAt: at("started_at").notNull(),
    endedAt: at("ended_at"),
  },
  (t) => [
    uniqueIndex("invitation_round_one_open").on(sql`(true)`).where(sql`${t.state} in ('running', 'paused')`),
    index("invitation_round_recent").on(t.startedAt),
  ],
);

export const invitation = pgTable(
  "invitation",
  {
    roundId: uuid("round_id")
      .notNull()
      .references(() => invitationRound.id, { onDelete: "cascade" }),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    /** When its letter was owed, or it was passed over since its person has activated meanwhile; null: it waits. */
    dealtWithAt: at("dealt_with_at"),
    isSent: boolean("is_sent").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.roundId, t.accountId] }),
    index("invitation_waiting").on(t.roundId, t.accountId).where(sql`${t.dealtWithAt} is null`),
    index("invitation_of_account").on(t.accountId),
  ],
);
