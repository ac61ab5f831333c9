/**
 * The findings inside the page: walking times of every persona from every origin to every type.
 *
 * @typedef {{ zh: string, en: string }} Named
 * @typedef {{ key: string, name: Named, speed: number, status: Named, shares: number[][], score: number | null }} Persona
 * @typedef {{ share: number, radius: number, status: Named }} Radius
 * @typedef {{ key: string, name: Named, icon: string, level: string, need: string, minutes: number | null, facilities: number,
 *   radius: Radius | null }} Type
 * @typedef {{ id: string[], name: string[], near: string[], residents: number[], state: number[], lon: number[], lat: number[] }} Origins
 * @typedef {{ lang: "zh" | "en", place: string, counted: boolean, minutes: number[], personas: Persona[], types: Type[],
 *   origins: Origins, seconds: string, standard: Named, remarks: { zh: string[], en: string[] }, sprite: string,
 *   layers: Record<string, any>, bounds: [number, number, number, number] }} Payload
 */

const UNIT_S = 4;
const NEVER = 255;

/** Everything that the page was given, and what is read from it. */
export class Findings {
  /** @param {Payload} payload */
  constructor(payload) {
    this.payload = payload;
    this.count = payload.origins.id.length;
    const text = atob(payload.seconds);
    this.units = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    /** Total of residents. */
    this.residents = payload.origins.residents.reduce((sum, one) => sum + one, 0);
    /** Types that the score averages. @type {number[]} */
    this.scored = payload.types.flatMap((type, place) => (type.minutes !== null && type.facilities > 0 ? [place] : []));
  }

  /**
   * Walking time in seconds, rounded up to four; null where it is out of reach.
   *
   * @param {number} persona
   * @param {number} origin
   * @param {number} type
   * @returns {number | null}
   */
  seconds(persona, origin, type) {
    const units = this.units[(persona * this.count + origin) * this.payload.types.length + type];
    return units === NEVER ? null : units * UNIT_S;
  }

  /**
   * Scored types that an origin does not reach in the standard's time.
   *
   * @param {number} persona
   * @param {number} origin
   * @returns {number[]}
   */
  lacking(persona, origin) {
    return this.scored.filter((type) => {
      const seconds = this.seconds(persona, origin, type);
      return seconds === null || seconds > 60 * (this.payload.types[type].minutes ?? 0);
    });
  }

  /**
   * Where three cuts part the counts of lacking types, so that the darkest green lacks least.
   *
   * @returns {[number, number, number]}
   */
  cuts() {
    const fifth = this.scored.length / 5;
    const few = Math.max(1, Math.round(fifth));
    const some = Math.max(few + 1, Math.round(2 * fifth));
    return [few, some, Math.max(some + 1, Math.round(3 * fifth))];
  }

  /**
   * Band of an origin under a question.
   *
   * @param {Question} question
   * @param {number} origin
   * @returns {"5" | "10" | "15" | "out" | "none"}
   */
  band(question, origin) {
    if (question.type === null) {
      if (!this.scored.length) return "none";
      const lacks = this.lacking(question.persona, origin).length;
      const [few, some, many] = this.cuts();
      if (lacks < few) return "5";
      if (lacks < some) return "10";
      return lacks < many ? "15" : "out";
    }
    const seconds = this.seconds(question.persona, origin, question.type);
    if (seconds === null || seconds > 900) return "out";
    if (seconds <= 300) return "5";
    return seconds <= 600 ? "10" : "15";
  }
}

/**
 * What is asked of the page: a persona, a type (null: what is lacking) and minutes.
 *
 * @typedef {{ persona: number, type: number | null, minutes: number, lang: "zh" | "en" }} Question
 */

/**
 * Read the question from the address, so that a view can be sent on.
 *
 * @param {Payload} payload
 * @returns {Question}
 */
export function questionFromAddress(payload) {
  const asked = new URLSearchParams(location.hash.slice(1));
  const persona = payload.personas.findIndex((one) => one.key === asked.get("persona"));
  const type = payload.types.findIndex((one) => one.key === asked.get("type"));
  const minutes = Number(asked.get("minutes"));
  const lang = asked.get("lang");
  return {
    persona: Math.max(persona, 0),
    type: type < 0 ? null : type,
    minutes: payload.minutes.includes(minutes) ? minutes : Math.max(...payload.minutes),
    lang: lang === "zh" || lang === "en" ? lang : payload.lang,
  };
}

/**
 * Write the question into the address.
 *
 * @param {Payload} payload
 * @param {Question} question
 */
export function questionToAddress(payload, question) {
  const asked = new URLSearchParams({ persona: payload.personas[question.persona].key, minutes: String(question.minutes), lang: question.lang });
  if (question.type !== null) asked.set("type", payload.types[question.type].key);
  history.replaceState(null, "", `#${asked}`);
}
