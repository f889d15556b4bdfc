/** The ways back in without the second factor, the quickest first. */
export const rungs = ["device", "code", "phone", "mailbox", "helpdesk"] as const;
export type Rung = (typeof rungs)[number];

/** Those one is asked about; the last is the answer to all of them being "no". */
export const questions = ["device", "code", "phone", "mailbox"] as const satisfies readonly Rung[];
export type Question = (typeof questions)[number];

/** What follows a yes, where it is a page of the ladder. */
export const answers = ["device", "code", "phone", "helpdesk"] as const satisfies readonly Rung[];
export type Answer = (typeof answers)[number];

const PATH = "/recover/second-factor";
const START = `${PATH}/start`;

export type Step = { question: Question } | { answer: Answer };

/** What `?ask=` stands for; the first question where it says nothing of ours. */
export function stepOf(ask: unknown): Step {
  if (ask === "helpdesk") return { answer: "helpdesk" };
  const answer = answers.find((one) => ask === `${one}-yes`);
  if (answer) return { answer };
  return { question: questions.find((one) => ask === one) ?? questions[0] };
}

/** Where each answer to a question leads: up the ladder, or down it. */
export const yes = (question: Question): string => (question === "mailbox" ? START : `${PATH}?ask=${question}-yes`);
export const no = (question: Question): string => `${PATH}?ask=${rungs[rungs.indexOf(question) + 1]}`;

/** The question before this step; null at the first one. */
export function before(step: Step): string | null {
  if ("answer" in step && step.answer !== "helpdesk") return `${PATH}?ask=${step.answer}`;
  const at = rungs.indexOf("answer" in step ? step.answer : step.question);
  return at > 0 ? `${PATH}?ask=${rungs[at - 1]}` : null;
}
