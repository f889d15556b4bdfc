import type { relyingParty } from "#db/schema/relying-party.ts";

export const exampleSlugs = ["cuti", "perakaunan", "aset"] as const;
export type ExampleSlug = (typeof exampleSlugs)[number];
export const isExampleSlug = (name: string | undefined): name is ExampleSlug =>
  exampleSlugs.some((slug) => slug === name);

export type ExampleSystem = Pick<
  typeof relyingParty.$inferInsert,
  "name" | "descriptionMs" | "descriptionEn" | "minimumLevel" | "openToAll"
> & {
  /** Stays the same from start to start, and in what people write down of a demonstration. */
  clientId: string;
  roles: readonly { key: string; nameMs: string; nameEn: string /** MyKad of demo people. */; heldBy: string[] }[];
};

/** Three systems of an agency: one for everybody, one for those with a role and two factors, one nobody may open yet. */
export const exampleSystems: Record<ExampleSlug, ExampleSystem> = {
  cuti: {
    clientId: "contoh-cuti",
    name: "Cuti dan Kehadiran",
    descriptionMs: "Untuk semua kakitangan",
    descriptionEn: "For all staff",
    minimumLevel: "aal1",
    openToAll: true,
    roles: [],
  },
  perakaunan: {
    clientId: "contoh-perakaunan",
    name: "Perakaunan",
    descriptionMs: "Baucar dan bayaran",
    descriptionEn: "Vouchers and payments",
    minimumLevel: "aal2",
    openToAll: false,
    roles: [
      { key: "penyedia", nameMs: "Penyedia", nameEn: "Preparer", heldBy: ["900101140000"] },
      { key: "pelulus", nameMs: "Pelulus", nameEn: "Approver", heldBy: ["850731100000"] },
    ],
  },
  aset: {
    clientId: "contoh-aset",
    name: "Aset dan Stor",
    descriptionMs: "Daftar aset pejabat",
    descriptionEn: "The register of assets",
    minimumLevel: "aal1",
    openToAll: false,
    roles: [{ key: "penerima", nameMs: "Penerima aset", nameEn: "Receiver of assets", heldBy: [] }],
  },
};

/** Where a system answers, below the address of all three. */
export const addressesOf = (origin: string, slug: ExampleSlug) => ({
  page: `${origin}/${slug}`,
  signIn: `${origin}/${slug}/sign-in`,
  callback: `${origin}/${slug}/callback`,
  signedOut: `${origin}/${slug}/signed-out`,
  backchannelLogout: `${origin}/${slug}/backchannel-logout`,
});
