import { Fragment, type ReactNode } from "react";
import { Button, Hr, Link, Section, Text } from "react-email";
import { bodyFont, colour, headingFont, quietWords, words } from "./layout.tsx";

export const Words = ({ children }: { children: ReactNode }) => <Text style={words}>{children}</Text>;

/** Paragraphs of lines that stay apart as they were written. */
export const Paragraphs = ({ paragraphs }: { paragraphs: readonly (readonly string[])[] }) =>
  paragraphs.map((lines, n) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: its place is all that tells a paragraph from one that reads the same
    <Text key={n} style={words}>
      {lines.map((line, m) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nor does a line have more
        <Fragment key={m}>
          {m > 0 && <br />}
          {line}
        </Fragment>
      ))}
    </Text>
  ));

/** What is to be done, one below the other. */
export const Checklist = ({ title, items }: { title: string; items: readonly string[] }) => (
  <Section
    style={{
      margin: "8px 0 18px",
      padding: "16px 18px",
      backgroundColor: colour.primarySoft,
      border: `1px solid ${colour.primaryLine}`,
      borderRadius: 10,
      borderCollapse: "separate",
    }}
  >
    <Text style={{ ...words, lineHeight: "24px", margin: "0 0 6px" }}>
      <strong>{title}</strong>
    </Text>
    <ul style={{ ...words, margin: 0, padding: "0 0 0 22px" }}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  </Section>
);

/** The one button of a letter. */
export function MainButton({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Button
      href={href}
      data-button=""
      style={{
        margin: "8px 0 18px",
        padding: "14px 28px",
        borderRadius: 8,
        backgroundColor: colour.primary,
        color: colour.onPrimary,
        fontFamily: bodyFont,
        fontSize: 16,
        lineHeight: "22px",
        fontWeight: 600,
        textDecoration: "none",
      }}
    >
      {children}
    </Button>
  );
}

const link = { color: colour.primary, textDecoration: "underline" } as const;

/** The same address as the button's, to be read and copied. The plain text has it already, where the button stands. */
export function PlainLink({ title, text, href }: { title: string; text: string; href: string }) {
  return (
    <Text data-skip-in-text="true" style={{ ...quietWords, margin: "22px 0 0" }}>
      <strong style={{ color: colour.ink }}>{title}</strong> {text}
      <br />
      <Link href={href} style={{ ...link, wordBreak: "break-all" }}>
        {href}
      </Link>
    </Text>
  );
}

/** The typed code, in two groups of four as it is read aloud. */
export function Code({ lead, href, tail, code }: { lead: string; href: string; tail: string; code: string }) {
  return (
    <Section
      style={{
        margin: "8px 0 0",
        padding: "16px 18px",
        backgroundColor: colour.primarySoft,
        border: `1px solid ${colour.primaryLine}`,
        borderRadius: 10,
        borderCollapse: "separate",
      }}
    >
      <Text style={{ ...words, lineHeight: "24px", margin: 0 }}>
        {lead}{" "}
        <Link href={href} style={{ ...link, wordBreak: "break-word" }}>
          {href}
        </Link>{" "}
        {tail}
      </Text>
      <Text
        style={{
          margin: 0,
          fontFamily: headingFont,
          fontSize: 26,
          lineHeight: "38px",
          fontWeight: 600,
          letterSpacing: 2,
          color: colour.ink,
        }}
      >
        {code}
      </Text>
    </Section>
  );
}

/** A short code, as large as a letter can have it, in one piece: it is copied as often as it is read. */
export const BigCode = ({ children }: { children: string }) => (
  <Section
    style={{
      margin: "8px 0 18px",
      padding: "16px 18px",
      backgroundColor: colour.primarySoft,
      border: `1px solid ${colour.primaryLine}`,
      borderRadius: 10,
      borderCollapse: "separate",
    }}
  >
    <Text
      style={{
        margin: 0,
        fontFamily: headingFont,
        fontSize: 36,
        lineHeight: "46px",
        fontWeight: 600,
        letterSpacing: 6,
        textAlign: "center",
        color: colour.ink,
      }}
    >
      {children}
    </Text>
  </Section>
);

export const Rule = () => <Hr style={{ margin: "22px 0 18px", border: 0, borderTop: `1px solid ${colour.line}` }} />;

/** The helpdesk's number with the sentence that leads to it. */
export type Call = { words: string; phone: string; href: string };

/** A door in a remark: the words and where they lead. */
export type Door = { words: string; href: string };

/**
 * A titled remark below the line; `first` puts the call before the words, where it is the thing to do. `door`: what can
 * be done at once, on a line of its own.
 */
export function Note(props: { title: string; text: string; call?: Call; first?: boolean; door?: Door }) {
  const { title, text, call, first = false, door } = props;
  const number = call && (
    <>
      {call.words}{" "}
      <Link href={call.href} style={{ ...link, whiteSpace: "nowrap" }}>
        {call.phone}
      </Link>
      .
    </>
  );
  return (
    <Text style={{ ...quietWords, margin: "0 0 12px" }}>
      <strong style={{ color: colour.ink }}>{title}</strong>{" "}
      {door && (
        <>
          <Link href={door.href} style={{ ...link, fontWeight: 600 }}>
            {door.words}
          </Link>
          <br />
        </>
      )}
      {first ? number : text} {first ? text : number}
    </Text>
  );
}
