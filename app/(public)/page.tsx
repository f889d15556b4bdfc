import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { PhoneLink } from "#components/ui/phone-link.tsx";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { facts } from "./facts.ts";
import { KeyArt } from "./key-art.tsx";

/** Signing in comes first: people register once and sign in every day. */
const doors = [
  { name: "signIn", href: "/sign-in", icon: "login", variant: "primary" },
  { name: "activate", href: "/activate", icon: "mail", variant: "second" },
  { name: "register", href: "/register", icon: "user-plus", variant: "second" },
] as const;

const steps = ["step1", "step2", "step3"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("landing");
  return { title: t("pageTitle") };
}

export default async function LandingPage() {
  const t = await getTranslations("landing");
  const { agency, origin, registration } = config();
  const closed = registration === "closed";
  const agencyName = (await getLocale()) === "ms" ? agency.nameMs : agency.nameEn;
  return (
    <>
      <div className="hero">
        <div className="wrap">
          <div>
            <h1>{t("title")}</h1>
            <p>{t(closed ? "leadClosed" : "lead", { agency: agencyName })}</p>
          </div>
          <KeyArt
            label={t("art")}
            systems={[
              { icon: "wallet", name: t("artFinance") },
              { icon: "calendar", name: t("artLeave") },
              { icon: "cart", name: t("artProcurement") },
              { icon: "study", name: t("artTraining") },
            ]}
          />
        </div>
      </div>
      <div className="wrap">
        <div className="doors">
          {doors
            .filter(({ name }) => name !== "register" || !closed)
            .map((door) => (
              <section className="door" key={door.name}>
                <div className="head">
                  <Chip icon={door.icon} />
                  <div>
                    <p className="eyebrow">{t(`${door.name}Eyebrow`)}</p>
                    <h2>{t(`${door.name}Title`)}</h2>
                  </div>
                </div>
                <p className="why">{t(`${door.name}Text`)}</p>
                <LinkButton href={door.href} variant={door.variant}>
                  {t(door.name)}
                </LinkButton>
              </section>
            ))}
        </div>
        {!closed && (
          <section className="section">
            <h2>{t("stepsTitle")}</h2>
            <ol className="how-list">
              {steps.map((step) => (
                <li key={step}>
                  <h3>{t(step)}</h3>
                  <p>{t(`${step}Text`, facts)}</p>
                </li>
              ))}
            </ol>
          </section>
        )}
        <div className="section pair">
          <section className="card note">
            <Chip icon="phone" tone="plain" />
            <div>
              <h2>{t("phoneTitle")}</h2>
              <p>{t("phoneText")}</p>
              <PhoneLink phone={agency.helpdeskPhone} plain />
            </div>
          </section>
          <section className="card note">
            <Chip icon="shield" tone="plain" />
            <div>
              <h2>{t("realTitle")}</h2>
              <p>{t.rich("realText", { host: () => <strong className="nowrap">{new URL(origin).host}</strong> })}</p>
            </div>
          </section>
        </div>
      </div>
    </>
  );
}
