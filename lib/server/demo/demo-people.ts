import type { AccountStatus } from "#db/schema/account.ts";
import type { Role } from "#db/schema/roles.ts";
import type { Bounce } from "#lib/mail/delivery/judge-bounce.ts";

export type DemoPerson = {
  /** How the terminal and the credentials file call them. */
  role: string;
  status: AccountStatus;
  /** Serial 0000: valid for the portal, never issued. */
  mykad: string;
  fullName: string;
  mailbox: string;
  office: number;
  /** Registered by themselves, so their office still has to confirm them. */
  selfRegistered?: true;
  /** Roles in the portal, each in these offices, or over the whole agency where none is named. */
  roles?: readonly { role: Role; offices?: readonly number[] }[];
  /** Asked for an activation link, and the letter came back for this reason. */
  bounced?: Bounce;
  /** Approves payments in the example system "Perakaunan". */
  approves?: true;
  /** Has an authenticator app, whose secret is written down beside the password, and gives two factors every time. */
  authenticatorApp?: true;
};

export const demoOffices = [
  { code: "0101", name: "Ibu Pejabat", address: "Aras 3, Blok Teladan\nJalan Contoh\n00000 Bandar Contoh" },
  { code: "0102", name: "Cawangan Utara", address: "Tingkat 1, Wisma Contoh\nLebuh Rekaan\n00000 Bandar Utara" },
  { code: "0103", name: "Cawangan Selatan", address: "Lot 0, Kompleks Contoh\n00000 Bandar Selatan" },
  { code: "1009", name: "Pejabat Negeri Perlis", address: null },
] as const;

/**
 * One for each state an account can be in: those who activated can sign in, the others can go on from where they are.
 */
export const demoPeople: readonly DemoPerson[] = [
  {
    role: "staff",
    status: "activated",
    mykad: "900101140000",
    fullName: "Nur Aisyah binti Contoh",
    mailbox: "aisyah",
    office: 1,
  },
  {
    role: "staff, two factors",
    status: "activated",
    mykad: "850731100000",
    fullName: "Devi A/P Contoh",
    mailbox: "devi",
    office: 2,
    authenticatorApp: true,
  },
  {
    role: "staff, awaiting office",
    status: "activated",
    mykad: "880415080000",
    fullName: "Kumar A/L Contoh",
    mailbox: "kumar",
    office: 0,
    selfRegistered: true,
  },
  {
    role: "pre-registered",
    status: "pre_registered",
    mykad: "950620100000",
    fullName: "Tan Mei Contoh",
    mailbox: "mei",
    approves: true,
    office: 0,
  },
  {
    role: "registered",
    status: "registered",
    mykad: "930712130000",
    fullName: "Jugah anak Contoh",
    mailbox: "jugah",
    office: 2,
    selfRegistered: true,
  },
  {
    role: "email verified",
    status: "email_verified",
    mykad: "870903120000",
    fullName: "Siti Contoh @ Rekaan",
    mailbox: "siti",
    office: 2,
    selfRegistered: true,
  },
  {
    role: "presence verified",
    status: "presence_verified",
    mykad: "790228030000",
    fullName: "Halimah binti Contoh",
    mailbox: "halimah",
    approves: true,
    office: 3,
  },
  {
    role: "suspended",
    status: "suspended",
    mykad: "820530060000",
    fullName: "Rosli bin Contoh",
    mailbox: "rosli",
    office: 1,
  },
  {
    role: "locked by owner",
    status: "locked",
    mykad: "910817010000",
    fullName: "Lim Contoh",
    mailbox: "lim",
    approves: true,
    office: 0,
  },
  {
    role: "closed",
    status: "closed",
    mykad: "680101050000",
    fullName: "Osman bin Contoh",
    mailbox: "osman",
    office: 3,
  },
  {
    role: "helpdesk officer",
    status: "activated",
    mykad: "860203020000",
    fullName: "Farid bin Contoh",
    mailbox: "farid",
    approves: true,
    office: 0,
    authenticatorApp: true,
    roles: [{ role: "helpdesk", offices: [0, 1, 2, 3] }],
  },
  {
    role: "helpdesk officer, Cawangan Utara",
    status: "activated",
    mykad: "890627110000",
    fullName: "Grace anak Contoh",
    mailbox: "grace",
    office: 1,
    authenticatorApp: true,
    roles: [{ role: "helpdesk", offices: [1] }],
  },
  {
    role: "sub admin (SA), Cawangan Utara",
    status: "activated",
    mykad: "811119050000",
    fullName: "Zainab binti Contoh",
    mailbox: "zainab",
    office: 1,
    authenticatorApp: true,
    roles: [{ role: "sa", offices: [1] }],
  },
  {
    role: "authorised personnel (AP), Cawangan Utara",
    status: "activated",
    mykad: "770405140000",
    fullName: "Ravi A/L Contoh",
    mailbox: "ravi",
    approves: true,
    office: 1,
    authenticatorApp: true,
    roles: [{ role: "ap", offices: [1] }],
  },
  {
    role: "administrator",
    status: "activated",
    mykad: "840808080000",
    fullName: "Wong Contoh",
    mailbox: "wong",
    office: 0,
    authenticatorApp: true,
    roles: [{ role: "administrator" }],
  },
  {
    role: "administrator, the second",
    status: "activated",
    mykad: "830124030000",
    fullName: "Salmah binti Contoh",
    mailbox: "salmah",
    office: 0,
    authenticatorApp: true,
    roles: [{ role: "administrator" }],
  },
  {
    role: "auditor",
    status: "activated",
    mykad: "800916130000",
    fullName: "Jeffri Contoh",
    mailbox: "jeffri",
    office: 0,
    authenticatorApp: true,
    roles: [{ role: "auditor" }],
  },
  {
    role: "registered, letter came back: mailbox full",
    status: "registered",
    mykad: "940311070000",
    fullName: "Chong Wei Contoh",
    mailbox: "chong",
    office: 1,
    selfRegistered: true,
    bounced: { why: "mailbox_full", isFinal: false, code: "5.2.2" },
  },
  {
    role: "pre-registered, letter came back: no such mailbox",
    status: "pre_registered",
    mykad: "960229110000",
    fullName: "Aminah binti Contoh",
    mailbox: "aminah.salah",
    approves: true,
    office: 1,
    bounced: { why: "no_such_mailbox", isFinal: true, code: "5.1.1" },
  },
];
