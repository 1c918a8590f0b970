// The named sizes of Flex messages, in pixels, as the LINE app shows them.

const SPACES = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const FONTS = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74 };
const IMAGES = { xxs: 40, xs: 60, sm: 80, md: 100, lg: 120, xl: 140, xxl: 160, "3xl": 180, "4xl": 200, "5xl": 220 };
const BORDERS = { none: 0, light: 0.5, normal: 1, medium: 2, "semi-bold": 3, bold: 4 };

/** Widths of bubbles; a narrow phone makes them smaller. */
export const BUBBLES = { nano: 120, micro: 160, deca: 220, hecto: 241, kilo: 260, mega: 300, giga: 500 };

const scale = (names) => (value) => {
  if (value === undefined) return undefined;
  if (value in names) return `${names[value]}px`;
  return /^\d/.test(value) ? value : undefined;
};

export const space = scale(SPACES);
export const font = scale(FONTS);
export const border = scale(BORDERS);
export const image = (size = "md") => (size === "full" ? "100%" : scale(IMAGES)(size));

/** "20:13" as a CSS aspect ratio. */
export const ratio = (text = "1:1") => text.replace(":", " / ");
