import { type HardwareTokenState, hardwareTokenStates } from "#db/schema/hardware-token.ts";

export type { HardwareTokenState as TokenState };

/** What may happen to a hardware token after it was handed out. */
export const tokenMoves = ["report_lost", "report_misuse", "revoke", "retire", "return"] as const;
export type TokenMove = (typeof tokenMoves)[number];

/**
 * Every legal move. One that is not on this table cannot happen. What was to be handed back may still get lost before it
 * is; what is lost may be found and handed in. A token that came back goes to nobody else.
 */
const tokenMachine = {
  issued: { report_lost: "lost", report_misuse: "misused", revoke: "revoked", retire: "retired", return: "returned" },
  lost: { return: "returned" },
  misused: { return: "returned" },
  revoked: { report_lost: "lost", return: "returned" },
  retired: { report_lost: "lost", return: "returned" },
  returned: {},
} as const satisfies Record<HardwareTokenState, Partial<Record<TokenMove, HardwareTokenState>>>;

const table: Record<HardwareTokenState, Partial<Record<TokenMove, HardwareTokenState>>> = tokenMachine;

/** Where a move leads from a state; null where it is none. */
export const afterMove = (state: HardwareTokenState, move: TokenMove): HardwareTokenState | null =>
  table[state][move] ?? null;

/** What may be done with a token now. */
export const possibleMoves = (state: HardwareTokenState): TokenMove[] =>
  tokenMoves.filter((move) => afterMove(state, move) !== null);

/** What a line of custody tells of: that it was handed out, or a move. */
export type CustodyMove = "issue" | TokenMove;
export const isMoveOfCustody = (move: string): move is CustodyMove =>
  move === "issue" || tokenMoves.some((each) => each === move);

/** Whether a value from outside names a state. */
export const isTokenState = (value: unknown): value is HardwareTokenState =>
  hardwareTokenStates.some((state) => state === value);
