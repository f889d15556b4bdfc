import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { assuranceOf, reaches } from "#lib/assurance/assurance.ts";
import { record } from "#lib/audit/record.ts";
import { holds, type Officer, type Right } from "#lib/office/roles/rights.ts";
import { config } from "../config.ts";
import { askedWithin } from "./asked-within.ts";
import { requireSession, type Signed } from "./current-session.ts";

export type SignedOfficer = Signed & { officer: Officer };

/**
 * Whoever is signed in and holds a right, or away: to sign-in where nobody is, to a further proof and back where the
 * session is below the level of the consoles, and to "no such page" for everybody else, which is recorded. Rights are as
 * this request's session has them, and use cases ask again. For pages and actions alike. `path`: the page; whoever has to
 * go elsewhere first comes back to it as they asked for it, with its filters.
 */
export async function requireOfficer(path: string, right: Right): Promise<SignedOfficer> {
  const back = askedWithin(path, (await headers()).get("x-kunci-path"));
  const signed = await requireSession(back);
  const { ctx, session } = signed;
  const officer: Officer = { accountId: session.accountId, sessionId: session.id, grants: session.grants };
  if (!holds(officer, right)) {
    await ctx.db.transaction((tx) => record(tx, ctx, { type: "access.refused", accountId: null, right }));
    notFound();
  }
  if (!reaches(assuranceOf(session.proofs), config().consoleAssurance))
    redirect(`/helpdesk/enter?to=${encodeURIComponent(back)}`);
  return { ...signed, officer };
}
