import type { Metadata } from "next";
import { Missing } from "#app/missing.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { PhoneLink } from "#components/ui/phone-link.tsx";
import { telephoneHref } from "#lib/kernel/telephone.ts";
import { answerWith } from "#lib/server/answer.ts";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { facts } from "../../facts.ts";
import { Paper } from "../paper.tsx";
import { Finder } from "./finder.tsx";
import { type End, type Question, wayTo } from "./questions.ts";

/** Each with its door; those without one lead to the helpdesk's number. */
const withDoor = [
  { name: "noMail", icon: "mail", href: "/activate" },
  { name: "expired", icon: "clock", href: "/activate" },
  { name: "code", icon: "otp-mail", href: "/activate/code" },
  { name: "lastFour", icon: "id", href: "/activate" },
  { name: "password", icon: "password", href: "/sign-in" },
  { name: "forgot", icon: "key", href: "/recover" },
  { name: "wrongMail", icon: "edit", href: "/register" },
] as const;
const withPhone = [{ name: "notMe", icon: "shield" }] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("guide.aid");
  return { title: t("title") };
}

function Trouble({ icon, title, text, door }: { icon: IconName; title: string; text: string; door: React.ReactNode }) {
  return (
    <details>
      <summary>
        <Icon name={icon} />
        <h3>{title}</h3>
        <Icon name="down" small className="chev" />
      </summary>
      <div className="answer">
        <p>{text}</p>
        {door}
      </div>
    </details>
  );
}

export default async function FirstAidPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [t, common, { at = "start" }] = await Promise.all([
    getTranslations("guide.aid"),
    getTranslations("common"),
    searchParams,
  ]);
  if (typeof at !== "string" || !wayTo(at)) {
    answerWith(404);
    return <Missing />;
  }
  const phone = config().agency.helpdeskPhone;
  return (
    <Paper title={t("title")} lead={t("lead")} time={t("time")}>
      <Finder at={at as Question | End} />
      <h2 className="aid-more">{t("more")}</h2>
      <div className="aid">
        {withDoor.map(({ name, icon, href }) => (
          <Trouble
            key={name}
            icon={icon}
            title={t(`items.${name}.title`)}
            text={t(`items.${name}.text`, facts)}
            door={<a href={href}>{t(`items.${name}.door`)}</a>}
          />
        ))}
        {withPhone.map(({ name, icon }) => (
          <Trouble
            key={name}
            icon={icon}
            title={t(`items.${name}.title`)}
            text={t(`items.${name}.text`, facts)}
            door={<PhoneLink phone={phone} />}
          />
        ))}
      </div>
      <div className="ends">
        <section className="full">
          <h2>{t("elseTitle")}</h2>
          <p>
            {t.rich("else", {
              phone,
              daysOpen: common("helpdeskDays"),
              hoursOpen: common("helpdeskHours"),
              tel: (words) => (
                <a className="nowrap" href={telephoneHref(phone)}>
                  {words}
                </a>
              ),
            })}
          </p>
        </section>
      </div>
    </Paper>
  );
}
