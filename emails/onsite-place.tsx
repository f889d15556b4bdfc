import { Link, Section, Text } from "react-email";
import { bodyFont, colour, type Frame, Layout, quietWords, words } from "./layout.tsx";
import { type Call, MainButton, Note, PlainLink, Rule, Words } from "./parts.tsx";

export type OnsitePlaceLetterProps = {
  frame: Frame;
  preview: string;
  heading: string;
  greeting: string;
  lead: string;
  /** Where and when, a titled line each. */
  facts: readonly { title: string; text: string }[];
  /** What to bring and to know; none where nobody is to come any more. */
  bring: { title: string; items: readonly string[]; note: string | null } | null;
  /** None for whoever cannot sign in yet. */
  button: { words: string; href: string } | null;
  plainLink: { title: string; text: string };
  calendar: { words: string; href: string } | null;
  who: { title: string; text: string };
  /** Whom to ask, and how to say that one does not come. */
  help: { title: string; text: string; call: Call };
};

/** About somebody's place in a session in person. */
export function OnsitePlaceLetter(props: OnsitePlaceLetterProps) {
  const { bring, button, calendar } = props;
  return (
    <Layout frame={props.frame} preview={props.preview} heading={props.heading}>
      <Words>{props.greeting}</Words>
      <Words>{props.lead}</Words>
      <Section
        style={{
          margin: "8px 0 18px",
          padding: "14px 18px",
          backgroundColor: colour.primarySoft,
          border: `1px solid ${colour.primaryLine}`,
          borderRadius: 10,
          borderCollapse: "separate",
        }}
      >
        {props.facts.map(({ title, text }) => (
          <Text key={title} style={{ ...words, margin: "0 0 6px" }}>
            <strong>{title}</strong>
            <br />
            {text.split("\n").map((line, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of an address have no other name
              <span key={n}>
                {n > 0 && <br />}
                {line}
              </span>
            ))}
          </Text>
        ))}
        {calendar && (
          <Text style={{ ...words, margin: "6px 0 0" }}>
            <Link href={calendar.href} style={{ color: colour.primary, textDecoration: "underline" }}>
              {calendar.words}
            </Link>
          </Text>
        )}
      </Section>
      {bring && (
        <>
          <Text style={{ ...words, margin: "0 0 4px" }}>
            <strong>{bring.title}</strong>
          </Text>
          <ul style={{ margin: "0 0 16px", paddingLeft: 22, fontFamily: bodyFont, color: colour.ink }}>
            {bring.items.map((item) => (
              <li key={item} style={{ ...words, margin: "0 0 4px" }}>
                {item}
              </li>
            ))}
          </ul>
          {bring.note && <Text style={{ ...quietWords, whiteSpace: "pre-line" }}>{bring.note}</Text>}
        </>
      )}
      {button && (
        <>
          <MainButton href={button.href}>{button.words}</MainButton>
          <PlainLink {...props.plainLink} href={button.href} />
        </>
      )}
      <Rule />
      <Note {...props.who} />
      <Note {...props.help} />
    </Layout>
  );
}
