import { getLocale } from "next-intl/server";
import { Countdown } from "#components/form/countdown.tsx";
import { CEREMONY_LIFETIME } from "#lib/account/activation/activation.ts";
import { messages } from "#lib/text/messages.ts";

/** How long the ceremony still lasts, once the link is confirmed. */
export async function TimeLeft({ secondsLeft }: { secondsLeft: number }) {
  const { timeLeft, timeLeftOne, timeLastMinute, timeOver } = messages[await getLocale()].activate.questions;
  return (
    <Countdown
      secondsLeft={secondsLeft}
      seconds={CEREMONY_LIFETIME / 1_000}
      words={{ left: timeLeft, leftOne: timeLeftOne, lastMinute: timeLastMinute, over: timeOver }}
    />
  );
}
