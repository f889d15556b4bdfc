import { beforeEach, describe, expect, test } from "vitest";
import { hours, minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { readInForce } from "../settings/read-settings.ts";
import { agencyTime, parseAgencyTime } from "./agency-time.ts";
import { type Announcement, MOST_SHOWN, shownAt, stateOf } from "./announcement.ts";
import { changeAnnouncement, publishAnnouncement, takeDownAnnouncement } from "./change-announcements.ts";
import { listAnnouncements, readAnnouncement } from "./list-announcements.ts";
import { type AnnouncementWanted, parseAnnouncement } from "./parse-announcement.ts";

let world: World;
let administrator: Awaited<ReturnType<World["officer"]>>;
beforeEach(async () => {
  world = await newWorld();
  administrator = await world.officer("administrator");
});

const refused = (error: string) => ({ ok: false, error });
const wanted = (rest: Partial<AnnouncementWanted> = {}): AnnouncementWanted => ({
  textMs: "Portal ditutup malam ini.",
  textEn: "The portal closes tonight.",
  level: "warning",
  fromAt: world.now(),
  untilAt: new Date(world.now().getTime() + hours(2)),
  ...rest,
});

async function published(rest: Partial<AnnouncementWanted> = {}): Promise<string> {
  const outcome = await publishAnnouncement(administrator.ctx, wanted(rest));
  if (!outcome.ok) throw new Error(outcome.error);
  return outcome.value.announcementId;
}
const shown = async () => shownAt((await readInForce(world.ctx)).announcements, world.now()).map(({ id }) => id);

describe("an announcement", () => {
  test("is shown from its time on, until another, to the second", async () => {
    const id = await published({ fromAt: new Date(world.now().getTime() + minutes(5)) });
    expect(await shown()).toEqual([]);
    world.moveClock(minutes(5));
    expect(await shown()).toEqual([id]);
    world.moveClock((hours(2) - minutes(5) - seconds(1)) as ReturnType<typeof seconds>);
    expect(await shown()).toEqual([id]);
    world.moveClock(seconds(1));
    expect(await shown()).toEqual([]);
  });

  test("without an end is shown until it is taken down, and then never again", async () => {
    const id = await published({ untilAt: null });
    world.moveClock(hours(24));
    const again = await world.as(administrator.account, ["password", "totp"]);
    expect(await shown()).toEqual([id]);
    expect(await takeDownAnnouncement(again, id, 1)).toEqual({ ok: true, value: { changed: true } });
    expect(await shown()).toEqual([]);
    expect(await changeAnnouncement(again, id, wanted(), 2)).toEqual(refused("announcement_over"));
    expect(await takeDownAnnouncement(again, id, 2)).toEqual(refused("announcement_over"));
  });

  test("is recorded with its words, and each change with what was", async () => {
    const id = await published();
    await changeAnnouncement(administrator.ctx, id, wanted({ level: "danger" }), 1);
    expect((await world.events("setting.changed")).map(({ data }) => data)).toMatchObject([
      { setting: "announcement.published", subject: id, after: { textEn: "The portal closes tonight." } },
      { setting: "announcement.level", subject: id, before: "warning", after: "danger" },
    ]);
  });

  test("that another administrator has changed meanwhile is not written over", async () => {
    const id = await published();
    await changeAnnouncement(administrator.ctx, id, wanted({ level: "danger" }), 1);
    expect(await changeAnnouncement(administrator.ctx, id, wanted({ level: "info" }), 1)).toEqual(
      refused("changed_meanwhile"),
    );
    expect(await takeDownAnnouncement(administrator.ctx, id, 1)).toEqual(refused("changed_meanwhile"));
    expect(await readAnnouncement(world.ctx, id)).toMatchObject({ level: "danger", endedAt: null });
  });

  test("stays in the list when it is over", async () => {
    const id = await published();
    world.moveClock(hours(3));
    const [row] = await listAnnouncements(world.ctx);
    expect(row).toMatchObject({ id });
    expect(row && stateOf(row, world.now())).toBe("over");
  });

  test("is nobody's to make but an administrator's", async () => {
    for (const role of ["ap", "auditor"] as const) {
      const { ctx } = await world.officer(role);
      expect(await publishAnnouncement(ctx, wanted())).toEqual(refused("not_found"));
    }
    expect(await takeDownAnnouncement(administrator.ctx, "x", 1)).toEqual(refused("not_found"));
    expect(await shown()).toEqual([]);
  });
});

test("the gravest come first, and no more than fit", () => {
  const at = new Date("2026-11-20T07:00:00Z");
  const all = (["info", "danger", "info", "warning", "info"] as const).map(
    (level, n): Announcement => ({ id: String(n), textMs: "a", textEn: "b", level, fromAt: at, untilAt: null }),
  );
  expect(shownAt(all, at).map(({ level }) => level)).toEqual(["danger", "warning", "info"]);
  expect(shownAt(all, at)).toHaveLength(MOST_SHOWN);
});

describe("a time on the agency's clock", () => {
  test("is eight hours ahead of UTC, and comes back as it was typed", () => {
    expect(parseAgencyTime("2026-11-20T15:15")).toEqual(new Date("2026-11-20T07:15:00Z"));
    expect(parseAgencyTime("2026-11-20 7:05")).toEqual(new Date("2026-11-19T23:05:00Z"));
    expect(agencyTime(new Date("2026-11-19T23:05:00Z"))).toBe("2026-11-20T07:05");
  });

  test.each(["", "2026-02-30T10:00", "2026-13-01T10:00", "2026-11-20T24:00", "20/11/2026 10:00", "0000-01-01T00:00"])(
    "is not %j",
    (typed) => {
      expect(parseAgencyTime(typed)).toBeNull();
    },
  );
});

describe("the form of an announcement", () => {
  const now = new Date("2026-11-20T07:15:00Z");
  const parse = (fields: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ textMs: "a", textEn: "b", level: "info", ...fields }))
      form.set(name, value);
    return parseAnnouncement(form, now);
  };

  test("begins now and has no end where none is given", () => {
    expect(parse({})).toEqual({
      ok: true,
      value: { textMs: "a", textEn: "b", level: "info", fromAt: now, untilAt: null },
    });
  });

  test("is one line, however it was typed", () => {
    expect(parse({ textMs: "Satu.\r\n\r\nDua.  Tiga." })).toMatchObject({ value: { textMs: "Satu. Dua. Tiga." } });
  });

  test.each([
    [{ textEn: " " }, { textEn: "announcement_missing" }],
    [{ textMs: "x".repeat(301) }, { textMs: "announcement_long" }],
    [{ textMs: "a\u202eb" }, { textMs: "announcement_text" }],
    [{ level: "fatal" }, { level: "announcement_level" }],
    [{ fromAt: "esok" }, { fromAt: "time_shape" }],
    [{ untilAt: "2026-11-20T15:15" }, { untilAt: "until_over" }],
    [{ fromAt: "2026-11-21T10:00", untilAt: "2026-11-21T10:00" }, { untilAt: "until_before_from" }],
    [{ untilAt: "2036-11-21T10:00" }, { untilAt: "time_far" }],
  ])("with %j says %j", (fields, errors) => {
    expect(parse(fields as Record<string, string>)).toEqual({ ok: false, errors });
  });
});
