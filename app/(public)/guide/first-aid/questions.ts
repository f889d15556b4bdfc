import type { Messages } from "#lib/text/messages.ts";
import type { GuideName } from "../guides.ts";

type Ask = Messages["guide"]["aid"]["ask"];
export type Question = keyof Ask;
export type End = keyof Messages["guide"]["aid"]["ends"];
type Choice<Q extends Question> = keyof Ask[Q]["choices"];

/** Where each answer leads: to the question or the end of its name. A choice without words does not compile. */
export const questions = {
  start: ["new", "password", "second", "stranger"],
  new: ["letter", "noLetter", "noAccount"],
  password: ["refused", "forgot"],
  second: ["app", "email", "device"],
  app: ["appWrong", "lost"],
  device: ["deviceFails", "lost"],
} as const satisfies { [Q in Question]: readonly (Choice<Q> & (Question | End))[] };

/** What helps: the page where it is done, and the guide that shows how. */
export const ends: Record<End, { door: string; guide?: GuideName }> = {
  letter: { door: "/activate/code", guide: "activation" },
  noLetter: { door: "/activate", guide: "activation" },
  noAccount: { door: "/register" },
  refused: { door: "/sign-in" },
  forgot: { door: "/recover", guide: "forgot-password" },
  email: { door: "/sign-in", guide: "email-otp" },
  appWrong: { door: "/sign-in", guide: "authenticator-app" },
  deviceFails: { door: "/sign-in", guide: "passkey" },
  lost: { door: "/recover/second-factor" },
  stranger: { door: "/settings/lock" },
};

/** The questions that were answered on the way to `at`, first to last, or null where there is no such place. */
export function wayTo(at: string): readonly Question[] | null {
  if (at === "start") return [];
  if (!Object.hasOwn(ends, at) && !Object.hasOwn(questions, at)) return null;
  for (const [question, answers] of Object.entries(questions) as [Question, readonly string[]][]) {
    if (!answers.includes(at)) continue;
    return [...(wayTo(question) ?? []), question];
  }
  return null;
}

export const isQuestion = (at: string): at is Question => Object.hasOwn(questions, at);

export const placeOf = (at: Question | End): string =>
  at === "start" ? "/guide/first-aid" : `/guide/first-aid?at=${at}`;
