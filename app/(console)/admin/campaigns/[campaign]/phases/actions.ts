"use server";
import { notFound, redirect } from "next/navigation";
import { typedIn } from "#app/typed-in.ts";
import { findCampaign, type Phase } from "#lib/campaign/definition/find-campaign.ts";
import { parsePhase } from "#lib/campaign/definition/parse/parse-phase.ts";
import { removePhase, savePhase } from "#lib/campaign/definition/phases/change-phases.ts";
import { listOffices } from "#lib/office/find-office.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { messages } from "#lib/text/messages.ts";
import { isOfWhoAsks, refusedAt } from "../../../../refused.ts";
import type { AdminState } from "../../../admin-state.ts";
import { readVersion } from "../../../read-version.ts";
import { idIn, partPath, phasePath } from "../../definition/definition-parts.ts";
import { notSaved } from "../../definition/not-saved.ts";
import { type PhaseField, phaseFields } from "./fields.ts";
import { packOffices } from "./packed-offices.ts";
import { wordsOfFaults } from "./words-of-faults.ts";

/** Keeps a new phase, or other days and offices of one. */
export async function savePhaseOf(_: AdminState<PhaseField>, form: FormData): Promise<AdminState<PhaseField>> {
  const campaignId = idIn(form, "campaign");
  const phaseId = idIn(form, "phase");
  const path = phasePath(campaignId, phaseId);
  const { ctx } = await requireOfficer(path, "admin.change");
  const { language } = ctx.request;
  const version = readVersion(form);
  const wanted = parsePhase(form);
  const values = {
    fromDay: typedIn(form, "fromDay"),
    untilDay: typedIn(form, "untilDay"),
    offices: wanted.officeIds.join(" "),
  };
  const outcome = await savePhase(ctx, { campaignId, version }, phaseId === "" ? null : phaseId, wanted);
  if (outcome.ok) {
    const saved = outcome.value;
    if ("faults" in saved) {
      const [offices, now] = await Promise.all([listOffices(ctx), findCampaign(ctx, campaignId)]);
      const errors = wordsOfFaults(language, saved.faults, { phases: now?.phases ?? [], offices });
      return { values: { ...values, version: String(version) }, errors };
    }
    await forgetTyped();
    redirect(`${partPath(campaignId, "phases")}?done=${saved.changed ? "changed" : "same"}`);
  }
  if (isOfWhoAsks(outcome.error))
    return refusedAt(outcome.error, path, { ...values, offices: packOffices(wanted.officeIds) });
  if (outcome.error === "no_phase") redirect(`${partPath(campaignId, "phases")}?refused=no_phase`);
  const offices = await listOffices(ctx);
  const named = (ids: readonly string[]): string =>
    offices
      .filter(({ id }) => ids.includes(id))
      .map(({ code, name }) => `${code} ${name}`)
      .join(", ");
  const shown = (phase: Phase | undefined): Record<PhaseField, string> => ({
    fromDay: phase?.fromDay ?? "",
    untilDay: phase?.untilDay ?? "",
    offices: named(phase?.offices.map(({ id }) => id) ?? []),
  });
  return notSaved<PhaseField>(ctx, {
    campaignId,
    path,
    error: outcome.error,
    values,
    at: "fromDay",
    rows: (now) => {
      // Of a new one there is nothing that another could have written over.
      if (phaseId === "") return [];
      const theirs = shown(now.phases.find(({ id }) => id === phaseId) ?? notFound());
      const yours = { ...values, offices: named(wanted.officeIds) };
      const { phase: words } = messages[language].campaigns;
      return phaseFields.map((name) => ({ what: words[name], theirs: theirs[name], yours: yours[name] }));
    },
  });
}

/** Takes a phase out that has not begun. */
export async function removePhaseOf(form: FormData): Promise<void> {
  const campaignId = idIn(form, "campaign");
  const phaseId = idIn(form, "phase");
  const path = phasePath(campaignId, phaseId);
  const { ctx } = await requireOfficer(path, "admin.change");
  const outcome = await removePhase(ctx, { campaignId, version: readVersion(form) }, phaseId);
  const list = partPath(campaignId, "phases");
  if (outcome.ok) redirect(`${list}?done=removed`);
  if (isOfWhoAsks(outcome.error)) return refusedAt(outcome.error, path);
  redirect(`${list}?refused=${outcome.error}`);
}
