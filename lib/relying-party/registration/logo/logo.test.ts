import { beforeEach, describe, expect, test } from "vitest";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { pngChunk, squarePng } from "#lib/testing/png.ts";
import { addRelyingParty } from "#lib/testing/relying-party.ts";
import { keepLogo, readLogo, removeLogo } from "./change-logo.ts";

let world: World;
let administrator: Awaited<ReturnType<World["officer"]>>;
let system: Awaited<ReturnType<typeof addRelyingParty>>;
beforeEach(async () => {
  world = await newWorld();
  administrator = await world.officer("administrator");
  system = await addRelyingParty(world.ctx);
});

const which = (version: number | null = null) => ({ relyingPartyId: system.id, version });
const refused = (error: string) => ({ ok: false, error });
const changed = { ok: true, value: { changed: true } };

describe("the logo of a relying party", () => {
  test("is kept without what it carries besides its picture, and named in the trail by its digest", async () => {
    const carrying = squarePng(64, [pngChunk("tEXt", Buffer.from("Author\0Somebody"))]);
    expect(await keepLogo(administrator.ctx, which(1), carrying)).toEqual(changed);
    expect(await readLogo(world.ctx, system.id)).toEqual({ png: squarePng(64), version: 2 });
    const [event] = await world.events();
    expect(event).toMatchObject({
      type: "relying_party.changed",
      data: { system: system.name, before: { logo: null } },
    });
    expect(event?.data).toHaveProperty("after.logo", expect.stringMatching(/^[\w-]{43}$/));
  });

  test("goes again, and its version with it", async () => {
    await keepLogo(administrator.ctx, which(1), squarePng(64));
    expect(await keepLogo(administrator.ctx, which(2), squarePng(64))).toEqual({ ok: true, value: { changed: false } });
    expect(await removeLogo(administrator.ctx, which(1))).toEqual(refused("changed_meanwhile"));
    expect(await removeLogo(administrator.ctx, which(2))).toEqual(changed);
    expect(await readLogo(world.ctx, system.id)).toBeNull();
  });

  test.each([
    ["nothing", Buffer.alloc(0), "logo_missing"],
    ["an SVG", Buffer.from("<svg onload='alert(1)'/>"), "logo_not_png"],
    ["one byte over 100 KB", Buffer.alloc(100 * 1024 + 1), "logo_too_large"],
    ["half a file", squarePng(64).subarray(0, 90), "logo_broken"],
    [
      "a picture with a page behind its pixels",
      squarePng(64, [], Buffer.from("<script>alert(1)</script>")),
      "logo_broken",
    ],
    [
      "a picture that says twice how large it is",
      squarePng(64, [pngChunk("IHDR", Buffer.alloc(13, 0x7f))]),
      "logo_broken",
    ],
    ["a picture with a page for a palette", squarePng(64, [pngChunk("PLTE", Buffer.alloc(769, "<"))]), "logo_broken"],
    ["a picture of 39 pixels", squarePng(39), "logo_size"],
  ])("is not %s", async (_, file, error) => {
    expect(await keepLogo(administrator.ctx, which(), file)).toEqual(refused(error));
    expect(await readLogo(world.ctx, system.id)).toBeNull();
  });

  test("is an administrator’s to give, with a fresh proof", async () => {
    const auditor = await world.officer("auditor");
    expect(await keepLogo(auditor.ctx, which(), squarePng(64))).toEqual(refused("not_found"));
    world.moveClock(1_000_000 as never);
    expect(await keepLogo(administrator.ctx, which(), squarePng(64))).toEqual(refused("step_up"));
    expect(await removeLogo(administrator.ctx, which())).toEqual(refused("step_up"));
  });

  test("is of no other relying party and of nothing that is no id", async () => {
    await keepLogo(administrator.ctx, which(), squarePng(64));
    const other = await addRelyingParty(world.ctx, { name: "Aset" });
    expect(await readLogo(world.ctx, other.id)).toBeNull();
    expect(await readLogo(world.ctx, "../etc")).toBeNull();
  });
});
