import { randomBytes } from "node:crypto";
import type { Verdict } from "./verify-statement.ts";

/** Payments that wait for an approver, all of them invented. Amounts as the portal takes them: decimal numbers as text. */
const vouchers = [
  {
    number: "1",
    reference: "BV/2026/000123",
    amount: "12500.00",
    payee: "Syarikat Contoh Sdn. Bhd.",
    what: "stationery",
  },
  { number: "2", reference: "BV/2026/000124", amount: "480.90", payee: "Kedai Teladan Enterprise", what: "repairs" },
  {
    number: "3",
    reference: "BV/2026/000125",
    amount: "86000.00",
    payee: "Pembekal Misalan (M) Sdn. Bhd.",
    what: "computers",
  },
  { number: "4", reference: "BV/2026/000126", amount: "3150.50", payee: "Latihan Contoh Sdn. Bhd.", what: "training" },
] as const;

export type VoucherWork = (typeof vouchers)[number]["what"];
export type Voucher = Record<"number" | "reference" | "amount" | "payee", string> & { what: VoucherWork };

/** The one object that is pushed (RFC 9396), and that the statement must be of. */
export type AskedDetail = Record<
  "type" | "identifier" | "title" | "reference" | "amount" | "currency" | "payee" | "role",
  string
>;

/** fresh: nobody was asked yet. waiting: somebody was. */
export type Standing = {
  voucher: Voucher;
  state: "fresh" | "waiting" | "approved" | "refused";
  asked: AskedDetail | undefined;
  statement: string | undefined;
  /** What was found when the statement came. */
  verdict: Verdict | undefined;
};

/** The books of the system, in the memory of this process. */
export type VoucherBook = {
  all: () => readonly Standing[];
  find: (number: string) => Standing | undefined;
  /** What to push for a voucher: the same while it waits, a new request after a refusal or when `anew` is wanted. */
  ask: (number: string, how: { title: string; anew?: boolean }) => AskedDetail | undefined;
  settle: (number: string, statement: string, verdict: Verdict) => void;
  /** As on the first day: for trying it again. */
  startAgain: () => void;
};

const BYTES_OF_RUN = 4;

/** `run`: what this start of the process calls itself, for the portal decides on each identifier once, whoever forgot it. */
export function openBook(run = randomBytes(BYTES_OF_RUN).toString("hex")): VoucherBook {
  const book = new Map<string, Standing>();
  const startAgain = () => {
    for (const voucher of vouchers)
      book.set(voucher.number, {
        voucher,
        state: "fresh",
        asked: undefined,
        statement: undefined,
        verdict: undefined,
      });
  };
  startAgain();
  let requests = 0;
  return {
    startAgain,
    all: () => [...book.values()],
    find: (number) => book.get(number),
    ask: (number, { title, anew = false }) => {
      const standing = book.get(number);
      if (!standing || standing.state === "approved") return undefined;
      if (standing.state === "waiting" && standing.asked && !anew) return standing.asked;
      const { reference, amount, payee } = standing.voucher;
      standing.asked = {
        type: "urn:kunci:transaction-approval",
        identifier: `${reference.replaceAll("/", "-")}-${run}-${++requests}`,
        ...{ title, reference, amount, payee },
        currency: "MYR",
        role: "pelulus",
      };
      standing.state = "waiting";
      standing.statement = undefined;
      standing.verdict = undefined;
      return standing.asked;
    },
    settle: (number, statement, verdict) => {
      const standing = book.get(number);
      if (!standing) return;
      standing.statement = statement;
      standing.verdict = verdict;
      // What does not verify books nothing.
      if (verdict.ok) standing.state = verdict.said.decision === "approved" ? "approved" : "refused";
    },
  };
}
