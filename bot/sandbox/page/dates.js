// Moments as people read them. The server sends seconds since 1970 or ISO text.

const DAY = 24 * 60 * 60 * 1000;
const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayOfYear = new Intl.DateTimeFormat("en", { month: "long", day: "numeric" });
const fullDay = new Intl.DateTimeFormat("en", { month: "long", day: "numeric", year: "numeric" });
const whole = new Intl.DateTimeFormat("en", { dateStyle: "full", timeStyle: "medium" });

export function moment(value) {
  return new Date(typeof value === "number" ? value * 1000 : value);
}

export const clockTime = (date) => clock.format(date);

export const wholeTime = (date) => whole.format(date);

export const dayKey = (date) => `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;

export function dayName(date) {
  const today = new Date();
  if (dayKey(date) === dayKey(today)) return "Today";
  if (dayKey(date) === dayKey(new Date(today.getTime() - DAY))) return "Yesterday";
  return (date.getFullYear() === today.getFullYear() ? dayOfYear : fullDay).format(date);
}

/** The short form of a list: the clock today, the day before that. */
export function shortTime(date) {
  return dayKey(date) === dayKey(new Date()) ? clockTime(date) : dayName(date);
}
