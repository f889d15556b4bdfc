"use server";
import { notFound, redirect } from "next/navigation";
import { typedIn } from "#app/typed-in.ts";
import { changeLetters } from "#lib/campaign/definition/change-campaign.ts";
import { findCampaign } from "#lib/campaign/definition/find-campaign.ts";
import { type Letters, parseLetters } from "#lib/campaign/definition/parse/parse-letters.ts";
import { previewLetter } from "#lib/campaign/definition/preview-letter.ts";
import type { Context } from "#lib/kernel/context.ts";
import { agencyNow } from "#lib/server/config.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { messages } from "#lib/text/messages.ts";
import { readVersion } from "../../../read-version.ts";
import { idIn, partPath } from "../../definition/definition-parts.ts";
import { notSaved } from "../../definition/not-saved.ts";
import { wordsOfFields } from "../../definition/words-of-fields.ts";
import { type LetterField, letterFields, letterKinds, letterLanguages } from "./fields.ts";
import type { LettersState } from "./form.tsx";
import { lettersAs } from "./letters-as.ts";

/** Keeps what a campaign's letters say, or shows how they read: as the button that was pressed says. */
export async function saveLetters(_: LettersState, form: FormData): Promise<LettersState> {
  const campaignId = idIn(form, "campaign");
  const path = partPath(campaignId, "letters");
  const { ctx } = await requireOfficer(path, "admin.change");
  const { refusals, letters } = messages[ctx.request.language].campaigns;
  const values = Object.fromEntries(letterFields.map((name) => [name, typedIn(form, name)])) as Record<
    LetterField,
    string
  >;
  const version = readVersion(form);
  const kept = { ...values, version: String(Math.max(version, 0)) };
  const nameOf = (name: LetterField): string => {
    const [kind, part] = name.split(".") as ["invitation", "subjectMs"];
    return `${letters[kind]}: ${letters[part]}`;
  };
  const wanted = parseLetters(form);
  if (!wanted.ok) {
    return { values: kept, errors: wordsOfFields(refusals, wanted.errors, nameOf) };
  }
  if (form.get("intent") === "preview")
    return { values: kept, errors: {}, preview: await previews(ctx, campaignId, wanted.value) };
  const outcome = await changeLetters(ctx, { campaignId, version }, wanted.value);
  if (outcome.ok) {
    await forgetTyped();
    redirect(`${path}?done=${outcome.value.changed ? "changed" : "same"}`);
  }
  return notSaved<LetterField>(ctx, {
    campaignId,
    path,
    error: outcome.error,
    values,
    at: "invitation.subjectMs",
    rows: (now) =>
      letterFields.map((name) => ({ what: nameOf(name), theirs: lettersAs(now)[name], yours: values[name] })),
  });
}

async function previews(
  ctx: Context,
  campaignId: string,
  texts: Letters,
): Promise<NonNullable<LettersState["preview"]>> {
  const campaign = (await findCampaign(ctx, campaignId)) ?? notFound();
  const { letters } = messages[ctx.request.language].campaigns;
  return Promise.all(
    letterKinds.flatMap((kind) =>
      letterLanguages.map(async (language) => {
        const shown = await previewLetter(ctx, campaign, { kind, text: texts[kind], language, agency: agencyNow });
        return {
          id: `${kind}.${language}`,
          name: `${letters[kind]}, ${letters[language]}`,
          lang: language,
          text: `${shown.subject}\n\n${shown.text}`,
        };
      }),
    ),
  );
}
