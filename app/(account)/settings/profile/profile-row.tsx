import type { ReactNode } from "react";
import { Submit } from "#components/form/submit.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import type { Correction } from "#lib/account/profile/list-corrections.ts";
import type { Language } from "#lib/kernel/context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { wantedWords } from "./wanted-words.ts";
import { withdraw } from "./withdraw.ts";

type ProfileRowProps = {
  icon: IconName;
  name: string;
  badge?: ReactNode;
  /** As it is now; the words for "none yet" where there is nothing. */
  value: ReactNode;
  /** What it is for, or more of it. */
  note?: ReactNode;
  /** Its one door. `words` are said with its name. */
  link: { href: string; words: string };
  /** What was asked for in its place, with the way to take it back. */
  waiting?: Correction | undefined;
  language: Language;
};

/** One thing of the profile: what it is, and the way to change it or to have it changed. */
export async function ProfileRow({ icon, name, badge, value, note, link, waiting, language }: ProfileRowProps) {
  const t = await getTranslations("profile");
  return (
    <li className="item">
      <Chip icon={icon} tone="plain" />
      <div>
        <p className="what">
          {name}
          {badge}
        </p>
        <p className="value">{value}</p>
        {note && <p className="muted">{note}</p>}
        {waiting && (
          <div className="asked">
            <Icon name="clock" small className="i-warn" />
            <span>
              <strong>
                {t(waiting.kind === "identity" ? "waitingOfficers" : "waitingOffice", { reference: waiting.reference })}
              </strong>
              <br />
              {t("wanted", { wanted: wantedWords(waiting, language) })}
            </span>
            <form action={withdraw}>
              <input type="hidden" name="caseId" value={waiting.id} />
              <Submit variant="quiet" small busy={t("withdrawing")}>
                {t("withdraw")}
                <span className="sr">: {name}</span>
              </Submit>
            </form>
          </div>
        )}
      </div>
      <div className="do">
        <a className="btn btn-quiet btn-s" href={link.href}>
          {link.words}
          <span className="sr">: {name}</span>
        </a>
      </div>
    </li>
  );
}
