import { deflateSync } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { pngChunk } from "#lib/testing/png.ts";
import { readInForce } from "../settings/read-settings.ts";
import type { LookSettings } from "../settings/settings.ts";
import { CREST_BYTES_MAX, checkCrest } from "./check-crest.ts";
import { keepCrest, readCrest } from "./keep-crest.ts";

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");

type Wanted = { width?: number; height?: number; lines?: number; depth?: number; kind?: number; extra?: Buffer[] };
function png({ width = 64, height = 64, lines = height, depth = 8, kind = 6, extra = [] }: Wanted = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, kind, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc(lines * (width * 4 + 1)));
  return Buffer.concat([
    SIGNATURE,
    pngChunk("IHDR", header),
    ...extra,
    pngChunk("IDAT", pixels),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}
const broken = { ok: false, error: "crest_broken" };

describe("a crest", () => {
  test("is a PNG, kept as it is", async () => {
    expect(await checkCrest(png())).toEqual({ ok: true, value: png() });
  });

  test("loses what it carries besides its picture", async () => {
    const place = pngChunk("eXIf", Buffer.from("3.139003,101.686855"));
    const words = pngChunk("tEXt", Buffer.from("Author\0Somebody"));
    const profile = pngChunk("iCCP", Buffer.from("<script>"));
    expect(await checkCrest(png({ extra: [place, words, profile] }))).toEqual({ ok: true, value: png() });
  });

  test.each([
    ["nothing", Buffer.alloc(0), "crest_missing"],
    ["an SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'), "crest_not_png"],
    ["a page with a PNG's name", Buffer.from("<!doctype html>"), "crest_not_png"],
    ["too many bytes", Buffer.concat([png(), Buffer.alloc(CREST_BYTES_MAX)]), "crest_too_large"],
    ["too small to see", png({ width: 16, height: 16 }), "crest_size"],
    ["larger than any screen needs", png({ width: 2_000, height: 50 }), "crest_size"],
  ] as const)("is not %s", async (_, file, error) => {
    expect(await checkCrest(file)).toEqual({ ok: false, error });
  });

  test("is refused where its parts are not what they say", async () => {
    const whole = png();
    const altered = Buffer.from(whole);
    altered.writeUInt8(altered.readUInt8(45) ^ 1, 45);
    for (const file of [
      altered,
      whole.subarray(0, -4),
      whole.subarray(0, 60),
      Buffer.concat([whole, Buffer.from("PK\u0003\u0004")]),
      png({ depth: 3 }),
      png({ kind: 5 }),
      Buffer.concat([SIGNATURE, pngChunk("IEND", Buffer.alloc(0))]),
    ])
      expect(await checkCrest(file)).toEqual(broken);
  });

  test("is refused where it unpacks to more, or less, than its size: no bomb is kept", async () => {
    expect(await checkCrest(png({ lines: 63 }))).toEqual(broken);
    expect(await checkCrest(png({ lines: 20_000 }))).toEqual(broken);
  });
});

describe("an administrator", () => {
  let world: World;
  beforeEach(async () => {
    world = await newWorld();
  });
  const configured: LookSettings = {
    nameMs: "Jabatan",
    nameEn: "Department",
    address: "Jalan",
    helpdeskPhone: "03-0000 1234",
    helpdeskEmail: "bantuan@contoh.example.gov.my",
    colour: "nila",
    crest: null,
  };

  test("gives the crest, which is then the one in force and can be read", async () => {
    const { ctx } = await world.officer("administrator");
    expect(await keepCrest(ctx, png(), configured, 0)).toEqual({ ok: true, value: { changed: true } });
    const id = (await readInForce(world.ctx)).chosen.look.crest;
    expect(id).toMatch(/^[\w-]{43}$/);
    expect(await readCrest(world.ctx, id ?? "")).toEqual(png());
    expect(await readCrest(world.ctx, "other")).toBeNull();
    expect(await world.events("setting.changed")).toMatchObject([
      { data: { setting: "look.crest", before: null, after: id } },
    ]);
  });

  test("alone does: of others nothing is kept", async () => {
    const { ctx } = await world.officer("ap");
    expect(await keepCrest(ctx, png(), configured, 0)).toEqual({ ok: false, error: "not_found" });
    expect((await readInForce(world.ctx)).chosen.look).toEqual({});
  });
});
