import { typedIn } from "#app/typed-in.ts";
import { understandSearch } from "#lib/helpdesk/search/understand-search.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";

/** A number as it stands on a document, typed by an officer: a MyKad, or a passport of whichever country. */
export function readIdentities(
  form: FormData,
): { ok: true; identities: readonly IdentityNumber[] } | { ok: false; wrong: "missing" | "shape"; typed: string } {
  const typed = typedIn(form, "identityNumber").slice(0, 60);
  if (typed.trim() === "") return { ok: false, wrong: "missing", typed };
  const understood = understandSearch(typed);
  if (!understood.ok || understood.value.by !== "identity") return { ok: false, wrong: "shape", typed };
  return { ok: true, identities: understood.value.identities };
}
