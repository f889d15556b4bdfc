import { describe, expect, test } from "vitest";
import { groupSystems, searchSystems } from "./group-systems.ts";
import type { System } from "./list-systems.ts";

const system = (name: string, wanted: Partial<System> = {}): System => ({
  id: name,
  name,
  descriptionMs: null,
  descriptionEn: null,
  category: null,
  hasLogo: false,
  version: 1,
  starts: true,
  roles: [],
  lastUsedAt: null,
  ...wanted,
});

const shown = (systems: readonly System[]) =>
  groupSystems(systems, "ms").map((group) => [group.category, group.systems.map(({ name }) => name)]);

describe("systems stand", () => {
  test("by name, in one group, where none has a category", () => {
    expect(shown(["perolehan", "Cuti", "Aset 10", "Aset 9"].map((name) => system(name)))).toEqual([
      [null, ["Aset 9", "Aset 10", "Cuti", "perolehan"]],
    ]);
    expect(groupSystems([], "ms")).toEqual([]);
  });

  test("under their categories, those under none last", () => {
    expect(
      shown([
        system("Aset"),
        system("Perolehan", { category: "Kewangan" }),
        system("Cuti", { category: "Sumber manusia" }),
        system("Bayaran", { category: "Kewangan" }),
      ]),
    ).toEqual([
      ["Kewangan", ["Bayaran", "Perolehan"]],
      ["Sumber manusia", ["Cuti"]],
      [null, ["Aset"]],
    ]);
  });

  test("under one category however it was typed; an empty one is none", () => {
    expect(
      shown([
        system("A", { category: "Kewangan" }),
        system("B", { category: " kewangan " }),
        system("C", { category: "  " }),
      ]),
    ).toEqual([
      ["Kewangan", ["A", "B"]],
      [null, ["C"]],
    ]);
  });
});

describe("searching finds", () => {
  const all = [
    system("Cuti dan Kehadiran", {
      category: "Sumber manusia",
      descriptionMs: "Mohon cuti",
      descriptionEn: "Ask for leave",
    }),
    system("Perakaunan", { category: "Kewangan", roles: [{ nameMs: "Penyedia dokumen", nameEn: "Preparer" }] }),
    system("Café"),
  ];
  const found = (sought: string) => searchSystems(all, sought).map(({ name }) => name);

  test.each([
    ["CUTI", ["Cuti dan Kehadiran"]],
    ["kehadiran   cuti", ["Cuti dan Kehadiran"]],
    ["leave", ["Cuti dan Kehadiran"]],
    ["manusia", ["Cuti dan Kehadiran"]],
    ["penyedia", ["Perakaunan"]],
    ["prepar", ["Perakaunan"]],
    ["cafe", ["Café"]],
    ["cuti kewangan", []],
    [".*", []],
    ["  ", ["Cuti dan Kehadiran", "Perakaunan", "Café"]],
  ])("“%s”", (sought, names) => {
    expect(found(sought)).toEqual(names);
  });
});
