import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { publishAnnouncement } from "#lib/administration/announcements/change-announcements.ts";
import { changeSettings } from "#lib/administration/settings/change-settings.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { answeredLater } from "#lib/testing/answered-later.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { agencyNow, config, configured, settle } from "../config.ts";
import { readConfig } from "../start/read-config.ts";
import { announcementsAt, editionAt, followChoices, lookAgain } from "./in-force.ts";
import { configuredSettings } from "./overlay.ts";

const memory = globalThis as { kunciInForce?: unknown; kunciConfig?: unknown; kunciConfigured?: unknown };
let world: World;
let administrator: Awaited<ReturnType<World["officer"]>>;
beforeEach(async () => {
  world = await newWorld();
  administrator = await world.officer("administrator");
  settle(readConfig({ AGENCY_NAME_EN: "Before" }));
});
afterEach(() => {
  vi.useRealTimers();
  delete memory.kunciInForce;
  delete memory.kunciConfig;
  delete memory.kunciConfigured;
});

const rename = (nameEn: string, version = 0) =>
  changeSettings(administrator.ctx, "look", { nameEn }, configuredSettings(configured()).look, version);

test("what was chosen holds at once where it was chosen, and for what lives as long as the process", async () => {
  await rename("After");
  expect(config().agency.nameEn).toBe("Before");
  await lookAgain(world.ctx);
  expect(config().agency.nameEn).toBe("After");
  expect(agencyNow.nameEn).toBe("After");
  expect(configured().agency.nameEn).toBe("Before");
});

test("another process follows within five seconds, through a database that was away", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const faults: unknown[] = [];
  let reach = 0;
  const away = {
    ...world.ctx,
    get db() {
      reach++;
      if (reach === 2) throw new Error("away");
      return world.db;
    },
  };
  const following = await followChoices(away, (fault) => faults.push(fault));
  await rename("After");
  vi.advanceTimersByTime(seconds(5));
  await vi.waitFor(() => expect(faults).toHaveLength(1), { timeout: 15_000 });
  expect(config().agency.nameEn).toBe("Before");
  vi.advanceTimersByTime(seconds(5));
  await vi.waitFor(() => expect(config().agency.nameEn).toBe("After"), { timeout: 15_000 });
  following.stop();
});

test("of two looks at once the older does not undo the newer", async () => {
  await rename("After");
  const { slow, read, answer } = answeredLater(world.db);
  const older = lookAgain({ db: slow, now: world.now });
  await read;
  await rename("Newest", 1);
  await lookAgain(world.ctx);
  answer();
  await older;
  expect(config().agency.nameEn).toBe("Newest");
});

test("kept pages are of another edition when something was chosen, and when an announcement comes and goes", async () => {
  await lookAgain(world.ctx);
  const first = editionAt(world.now());
  await publishAnnouncement(administrator.ctx, {
    textMs: "Ujian",
    textEn: "Trial",
    level: "info",
    fromAt: new Date(world.now().getTime() + minutes(1)),
    untilAt: new Date(world.now().getTime() + minutes(2)),
  });
  await lookAgain(world.ctx);
  const planned = editionAt(world.now());
  world.moveClock(minutes(1));
  const shown = editionAt(world.now());
  expect(announcementsAt(world.now())).toHaveLength(1);
  world.moveClock(minutes(1));
  expect(new Set([first, planned, shown]).size).toBe(3);
  expect(editionAt(world.now())).toBe(planned);
  expect(announcementsAt(world.now())).toEqual([]);
});
