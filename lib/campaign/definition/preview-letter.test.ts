import { expect, test } from "vitest";
import { addCampaign } from "#lib/testing/campaign.ts";
import { exampleAgency } from "#lib/testing/mail.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { findCampaign } from "./find-campaign.ts";
import { previewLetter } from "./preview-letter.ts";

test("a letter is shown as it will be, in its language, with the first phase's days, and what was typed stays text", async () => {
  const world = await newWorld();
  const { id } = await addCampaign(world.ctx, { phases: [{ officeIds: [world.office.id] }], state: "draft" });
  const campaign = await findCampaign(world.ctx, id);
  if (!campaign) throw new Error("The campaign is gone");
  const text = { ...campaign.texts.invitation, subjectEn: "Move & go", bodyEn: "One <b>bold</b> word.\n\nAnother." };
  const of = { kind: "invitation", text, agency: exampleAgency } as const;

  const english = await previewLetter(world.ctx, campaign, { ...of, language: "en" });
  expect(english.subject).toBe("Move & go");
  expect(english.html).toContain("One &lt;b&gt;bold&lt;/b&gt; word.");
  expect(english.text).toContain("One <b>bold</b> word.");
  expect(english.text).toContain("15 December 2026");
  expect(english.text).toContain(campaign.authority);
  const malay = await previewLetter(world.ctx, campaign, { ...of, language: "ms" });
  expect(malay.text).toContain("15 Disember 2026");
  expect(malay.text).toContain(text.bodyMs.split("\n")[0]);
  expect(await world.mails()).toEqual([]);
});

test("a campaign without phases is shown as though one began today", async () => {
  const world = await newWorld();
  const { id } = await addCampaign(world.ctx, { state: "draft" });
  const campaign = await findCampaign(world.ctx, id);
  if (!campaign) throw new Error("The campaign is gone");
  const { text } = await previewLetter(world.ctx, campaign, {
    kind: "reminder",
    text: campaign.texts.reminder,
    language: "en",
    agency: exampleAgency,
  });
  expect(text).toContain("20 November 2026");
  expect(text).toContain("20 December 2026");
});
