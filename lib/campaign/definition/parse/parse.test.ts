import { describe, expect, test } from "vitest";
import { parseAbout } from "./parse-about.ts";
import { letterFields, parseLetters } from "./parse-letters.ts";
import { parseSchedule } from "./parse-schedule.ts";
import { parseWhom } from "./parse-whom.ts";

const formOf = (fields: Record<string, string | readonly string[]>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    for (const one of typeof value === "string" ? [value] : value) form.append(name, one);
  return form;
};

describe("what a campaign is called and why", () => {
  const said = { nameMs: "a", nameEn: "b", reasonMs: "c", reasonEn: "d", authority: "e", contacts: "Unit A\n03-0000" };

  test("keeps lines where there are several", () => {
    expect(parseAbout(formOf({ ...said, nameMs: " Peralihan  ke  OTP " }))).toEqual({
      ok: true,
      value: { ...said, nameMs: "Peralihan ke OTP" },
    });
  });

  test.each([
    [{ nameMs: " " }, { nameMs: "words_missing" }],
    [{ nameEn: "x".repeat(81) }, { nameEn: "words_long" }],
    [{ authority: "a\nb" }, { authority: "words_unfit" }],
    [{ reasonMs: "a\u202eb" }, { reasonMs: "words_unfit" }],
    [{ contacts: ["a", "b"] }, { contacts: "words_unfit" }],
  ])("with %j says %j", (rest, errors) => {
    expect(parseAbout(formOf({ ...said, ...rest }))).toEqual({ ok: false, errors });
  });
});

test("letters are read in both languages, and every field of them must say something", () => {
  const all = Object.fromEntries(letterFields.map((name) => [name, `<b>${name}</b>`]));
  expect(parseLetters(formOf(all))).toMatchObject({
    value: { reminder: { bodyEn: "<b>reminder.bodyEn</b>" }, invitation: { subjectMs: "<b>invitation.subjectMs</b>" } },
  });
  expect(parseLetters(formOf({ ...all, "reminder.subjectEn": "", "invitation.bodyMs": "x".repeat(2_001) }))).toEqual({
    ok: false,
    errors: { "reminder.subjectEn": "words_missing", "invitation.bodyMs": "words_long" },
  });
});

describe("when letters go out", () => {
  test("is read as people write it, in order and each once", () => {
    expect(
      parseSchedule(
        formOf({
          remindDaysBefore: "1, 14 7;7",
          quietWeekdays: ["7", "5"],
          quietDays: "25/12/2026\n\n2026-01-01, 1.2.2027\r\n2026-12-25",
        }),
      ),
    ).toEqual({
      ok: true,
      value: {
        remindDaysBefore: [14, 7, 1],
        quietWeekdays: [5, 7],
        quietDays: ["2026-01-01", "2026-12-25", "2027-02-01"],
      },
    });
    expect(parseSchedule(formOf({}))).toEqual({
      ok: true,
      value: { remindDaysBefore: [], quietWeekdays: [], quietDays: [] },
    });
  });

  test.each([
    [{ remindDaysBefore: "0" }, { remindDaysBefore: { refusal: "remind_shape" } }],
    [{ remindDaysBefore: "91" }, { remindDaysBefore: { refusal: "remind_shape" } }],
    [{ remindDaysBefore: "esok" }, { remindDaysBefore: { refusal: "remind_shape" } }],
    [{ remindDaysBefore: "1 2 3 4 5 6 7" }, { remindDaysBefore: { refusal: "remind_many" } }],
    [{ quietWeekdays: ["1", "2", "3", "4", "5", "6", "7"] }, { quietWeekdays: { refusal: "weekdays_all" } }],
    [{ quietWeekdays: "8" }, { quietWeekdays: { refusal: "weekdays_unknown" } }],
    [{ quietDays: "25/12/2026\n31/02/2027" }, { quietDays: { refusal: "days_shape", line: "31/02/2027" } }],
  ])("with %j says %j", (fields, errors) => {
    expect(parseSchedule(formOf(fields))).toEqual({ ok: false, errors });
  });
});

describe("whom a campaign is for", () => {
  const id = "0190a000-0000-7000-8000-000000000000";

  test("always has a second factor among what is asked for, in the order people are led through it", () => {
    expect(parseWhom(formOf({ roles: [id, id], requirements: ["mobile", "official_email"] }))).toEqual({
      ok: true,
      value: { roleIds: [id], ictRoleIds: [], requirements: ["official_email", "mobile", "second_factor"] },
    });
  });

  test.each([
    [{ roles: "x" }, { roles: "targets_unknown" }],
    [{ ictRoles: "x".repeat(61) }, { ictRoles: "targets_unknown" }],
    [{ requirements: "a pony" }, { requirements: "requirement_unknown" }],
  ])("with %j says %j", (fields, errors) => {
    expect(parseWhom(formOf(fields))).toEqual({ ok: false, errors });
  });
});
