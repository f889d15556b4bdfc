"use server";
import { redirect } from "next/navigation";
import { typedIn } from "#app/typed-in.ts";
import { changeSettings } from "#lib/administration/settings/change-settings.ts";
import { parseDomains } from "#lib/administration/settings/parse-domains.ts";
import { readPage } from "#lib/administration/settings/read-settings.ts";
import { over } from "#lib/administration/settings/settings.ts";
import { paragraphs } from "#lib/kernel/plain-text.ts";
import { lookAgain } from "#lib/server/chosen/in-force.ts";
import { configuredSettings } from "#lib/server/chosen/overlay.ts";
import { configured } from "#lib/server/config.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { messages } from "#lib/text/messages.ts";
import { isOfWhoAsks, refusedAt } from "../../refused.ts";
import type { AdminState } from "../admin-state.ts";
import { conflictOf } from "../conflict.ts";
import { readVersion } from "../read-version.ts";

const PATH = "/admin/domains";
const TYPED_MAX = 8_000;

export async function saveDomains(_: AdminState<"domains">, form: FormData): Promise<AdminState<"domains">> {
  const { ctx } = await requireOfficer(PATH, "admin.change");
  const { language } = ctx.request;
  const { refusals, domains: words } = messages[language].administration;
  const typed = paragraphs(form, "domains", { max: TYPED_MAX });
  const shown = typedIn(form, "domains");
  const domains = typed.ok ? parseDomains(typed.value) : typed;
  if (!domains.ok) {
    const said = domains.error === "missing" ? "domains_missing" : domains.error;
    const known = Object.hasOwn(refusals, said) ? (said as keyof typeof refusals) : "domain_shape";
    return { values: { domains: shown }, errors: { domains: refusals[known] } };
  }
  const base = configuredSettings(configured()).domains;
  const outcome = await changeSettings(ctx, "domains", { emailDomains: domains.value }, base, readVersion(form));
  if (outcome.ok) {
    await Promise.all([lookAgain(ctx), forgetTyped()]);
    redirect(`${PATH}?done=${outcome.value.changed ? "saved" : "nothing"}`);
  }
  const { error } = outcome;
  if (isOfWhoAsks(error)) return refusedAt(error, PATH, { domains: shown });
  const now = await readPage(ctx, "domains");
  return {
    values: { domains: shown, version: String(now.changed.version) },
    errors: {},
    conflict: conflictOf(language, now.changed, [
      {
        what: words.title,
        theirs: over<"domains">(base, now.chosen).emailDomains.join(", "),
        yours: domains.value.join(", "),
      },
    ]),
  };
}
