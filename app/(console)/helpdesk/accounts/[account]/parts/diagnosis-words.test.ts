import { createTranslator } from "next-intl";
import { describe, expect, test } from "vitest";
import { guides } from "#app/(public)/guide/guides.ts";
import { messages } from "#lib/text/messages.ts";

const { findings } = messages.ms.diagnosis;
const codes = Object.keys(findings) as (keyof typeof findings)[];

/** Every way each of these may be told: no two may read alike. */
const ways: Record<string, Record<string, string | number>[]> = {
  letter_refused: ["blocked", "complained", "forwarded", "other"].map((why) => ({ why })),
  letter_on_its_way: ["true", "false"].map((sent) => ({ sent })),
  link_waiting: ["true", "false"].map((opened) => ({ opened })),
  locked_by_owner: ["settings", "letter", "report"].map((how) => ({ how })),
  password_disabled_not_me: ["not_me", "mailbox_restored", "officer"].map((why) => ({ why })),
  second_factor_lost_no_recovery: ["answers", "no_questions", "unfinished", "stopped"].map((why) => ({ why })),
  letter_bounced_no_such_mailbox: [{ times: 1 }, { times: 2 }, { suggested: "a@b.example.gov.my" }],
  identity_mismatch_on_link: [{ tries: 1 }, { tries: 2 }],
  system_refused: ["no_role", "disabled", "level_out_of_reach"].map((why) => ({ why })),
  idle: [{ last: "none" }, { last: "semalam" }],
  no_problem_found: [{ last: "none" }, { last: "semalam" }],
};
const example = {
  act: "none",
  at: "semalam, 9:12 malam",
  since: "semalam, 9:12 malam",
  until: "hari ini, 9:12 malam",
  ends: "hari ini, 9:12 malam",
  sent: "hari ini, 9:12 malam",
  ended: "hari ini, 9:12 malam",
  opens: "1 Disember 2026",
  last: "none",
  suggested: "none",
  mailbox: "a@contoh.example.gov.my",
  system: "Perakaunan",
  why: "other",
  how: "settings",
  opened: "false",
  times: 2,
  tries: 2,
  minutes: 7,
};

describe.each(["ms", "en"] as const)("in %s", (language) => {
  const t = createTranslator({ locale: language, messages: messages[language], namespace: "diagnosis.findings" });
  const said = (code: (typeof codes)[number], part: "title" | "text" | "advice", facts = {}) =>
    t(`${code}.${part}`, { ...example, ...facts } as never).trim();

  test.each(codes)("%s has a title, a sentence and what helps", (code) => {
    for (const facts of ways[code] ?? [{}]) {
      expect(said(code, "title", facts)).toMatch(/^\p{Lu}[^{}_]+[^.\s]$/u);
      for (const part of ["text", "advice"] as const)
        expect(said(code, part, facts)).toMatch(/^[\p{Lu}\p{N}][^{}]+\.$/u);
    }
  });

  test.each(Object.entries(ways))("%s reads differently for all it can tell", (code, all) => {
    const read = all.map((facts) =>
      (["title", "text"] as const).map((part) => said(code as (typeof codes)[number], part, facts)).join(" "),
    );
    expect(new Set(read).size).toBe(all.length);
  });
});

test("every guide that helps is there", () => {
  expect([...Object.keys(guides), "first-aid"]).toEqual(
    expect.arrayContaining(Object.keys(messages.ms.diagnosis.guide)),
  );
});
