const indent = '  ';
/** A string, a bracket, a comma, a colon, or anything else up to one of them. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** JSON spread over lines, or why it is none. */
export type Json =
  { readonly pretty: string; readonly isStructure: boolean } | { readonly problem: string };

/**
 * Spreads JSON over lines and changes nothing else: numbers keep all their digits, and a key that
 * stands there twice stays twice, which parsing and writing it again would not.
 */
export function prettyJson(text: string): Json {
  try {
    JSON.parse(text);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const tokens = text.match(token) ?? [];
  const isStructure = tokens[0] === '{' || tokens[0] === '[';
  return { pretty: spread(tokens), isStructure };
}

function spread(tokens: readonly string[]): string {
  let depth = 0;
  const parts: string[] = [];
  const newLine = () => parts.push('\n', indent.repeat(depth));
  tokens.forEach((token, at) => {
    const opens = token === '{' || token === '[';
    const closes = token === '}' || token === ']';
    if (closes) {
      depth--;
      if (!isOpening(tokens[at - 1])) newLine();
    }
    parts.push(token);
    if (opens) depth++;
    if (token === ':') parts.push(' ');
    if (token === ',' || (opens && !isClosing(tokens[at + 1]))) newLine();
  });
  return parts.join('');
}

const isOpening = (token: string | undefined) => token === '{' || token === '[';
const isClosing = (token: string | undefined) => token === '}' || token === ']';
