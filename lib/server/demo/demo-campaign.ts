import type { campaign } from "#db/schema/campaign.ts";
import type { hardwareToken } from "#db/schema/hardware-token.ts";

/** The campaign of a demonstration. Days from the day it is filled on; offices by their place in `demoOffices`. */
export const demoCampaign = {
  nameMs: "Peralihan ke Roaming OTP",
  nameEn: "Moving to Roaming OTP",
  reasonMs:
    "Token USB untuk meluluskan bayaran digantikan. Dengan Roaming OTP anda meluluskan dari mana-mana komputer, tanpa token dipasang.",
  reasonEn:
    "The USB tokens for approving payments are being replaced. With Roaming OTP you approve from any computer, with no token plugged in.",
  authority: "Surat Pekeliling Contoh Bil. 1 Tahun 2026",
  contacts: "Unit Peralihan Contoh\n03-0000 1234",
  requirements: ["official_email", "office_address", "second_factor"],
  remindDaysBefore: [14, 7, 1],
  quietWeekdays: [6, 7],
  quietDays: [],
  phases: [
    { from: -20, until: 25, offices: [0, 1] },
    { from: 26, until: 60, offices: [2, 3] },
  ],
} satisfies Partial<typeof campaign.$inferInsert> & {
  phases: readonly { from: number; until: number; offices: readonly number[] }[];
};

type DemoToken = Pick<typeof hardwareToken.$inferInsert, "serial" | "medium"> & {
  mykad: string;
  state: "issued" | "lost";
};

/** In the hands of whoever approves; one is lost, and one was never handed back by somebody who left. */
export const demoTokens: readonly DemoToken[] = [
  { mykad: "900101140000", serial: "CTH-100001", medium: "usb_token", state: "issued" },
  { mykad: "850731100000", serial: "CTH-100002", medium: "usb_token", state: "issued" },
  { mykad: "770405140000", serial: "CTH-100003", medium: "smart_card", state: "issued" },
  { mykad: "910817010000", serial: "CTH-100004", medium: "usb_token", state: "lost" },
  { mykad: "960229110000", serial: "CTH-100005", medium: "usb_token", state: "issued" },
  { mykad: "680101050000", serial: "CTH-100006", medium: "usb_token", state: "issued" },
];

/** Both of one office: whoever was asked to come because no letter reaches them, and who has signed up. */
export const demoSession = { people: ["960229110000", "900101140000"] } as const;
