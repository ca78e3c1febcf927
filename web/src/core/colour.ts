// OKLCH to the bytes of a screen, for what is painted pixel by pixel.

/** sRGB's curve, from light to a byte. */
function byte_of(light: number): number {
  const curved = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(Math.min(1, Math.max(0, curved)) * 255);
}

/**
 * Lightness in [0, 1], chroma, hue in degrees to red, green and blue in 0 .. 255; what sRGB cannot show is cut off.
 * Source: Ottosson, "A perceptual color space for image processing" (2020), whose numbers CSS Color 4 uses.
 */
export function oklch_to_rgb(lightness: number, chroma: number, hue: number): [number, number, number] {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    byte_of(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    byte_of(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    byte_of(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}
