import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import type { AuditType } from "#lib/audit/catalogue.ts";
import type { LetterKind, SecurityChange } from "#lib/mail/letters.ts";
import { securityChanges } from "#lib/mail/letters.ts";
import { kinds } from "#lib/mail/kinds/kinds.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { scenes } from "#lib/testing/scenes.ts";

/** The letter an event sends, by kind; a change that opens the account by what it tells. */
type Told = { letter: LetterKind } | { change: SecurityChange };
/** `scene`: how the event comes about. `to`: who is told; every verified address of the owner where nothing is said. */
type Sent = Told & { scene: keyof typeof scenes; to?: readonly ("official" | "personal" | "new" | "former")[] };
type None = { none: string };
