// What a browser makes of the pages of --report html. Prints one fault a line. Run by page_test.py:
//   node page.mjs NODE_MODULES CHROMIUM PAGES [PICTURES]
import fs from "node:fs";
import {createRequire} from "node:module";
import path from "node:path";

const [, , modules, chromium, pages, pictures] = process.argv;
const require = createRequire(path.join(modules, "x.js"));
const puppeteer = require("puppeteer-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const fault = (words) => console.log(words);
const check = (holds, words) => holds || fault(words);

const browser = await puppeteer.launch({
  executablePath: chromium, headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb"],
});

/** A page as a stranger gets it; whatever it asks of the network or runs against its policy is a fault. */
async function open(name, {script = true, scheme = "light", width = 1280, height = 900, policy = true} = {}) {
  const page = await browser.newPage();
  await page.setViewport({width, height, deviceScaleFactor: 1});
  await page.emulateMediaFeatures([{name: "prefers-color-scheme", value: scheme}]);
  await page.setJavaScriptEnabled(script);
  await page.setBypassCSP(!policy);  // axe itself is a script that the policy would refuse
  const url = "file://" + path.join(pages, name);
  page.on("request", (request) => check(request.url() === url, `${name} asks for ${request.url()}`));
  page.on("console", (message) => fault(`${name}: ${message.text()}`));
  page.on("pageerror", (error) => fault(`${name}: ${error.message}`));
  page.on("dialog", async (dialog) => { fault(`${name} opened a dialog`); await dialog.dismiss(); });
  await page.goto(url);
  return page;
}

async function accessible(name, scheme) {
  const page = await open(name, {scheme, policy: false});
  await page.evaluate(() => document.querySelectorAll("details").forEach((card) => { card.open = true; }));
  await page.evaluate(axe);
  const {violations} = await page.evaluate(() => axe.run(document, {resultTypes: ["violations"]}));
  for (const {id, nodes} of violations) {
    for (const node of nodes.slice(0, 3)) fault(`${name} (${scheme}) ${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`);
  }
  await page.close();
}

async function policyHolds() {
  const page = await open("drift.html");
  check(await page.evaluate(() => !document.getElementById("toolbar").hidden), "the page's own script did not run");
  check(await page.evaluate(() => getComputedStyle(document.querySelector(".card")).borderRadius !== "0px"),
        "the page's own style does not apply");
  // The browser tells of the refusal on the console, which is not a fault here.
  page.removeAllListeners("console");
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.stranger = true";
    document.body.append(script);
    const image = document.createElement("img");
    image.setAttribute("onerror", "window.stranger = true");
    document.body.append(image);
    return window.stranger === true;
  });
  check(!ran, "a script without a hash ran");
  await page.close();
}

/** Everything but the filter is there without the script. */
async function withoutScript() {
  const page = await open("drift.html", {script: false});
  const text = await page.evaluate(() => document.querySelector("main").textContent);
  for (const words of ["1 application in quarantine, 2 drifted", "9 of 28 days", "mallory@contoso.example",
                       "Join(\" \", [givenName], [surname])", "Ada Lovelace"]) {
    check(text.includes(words), `without a script the page does not say ${words}`);
  }
  check(await page.evaluate(() => !document.getElementById("toolbar").checkVisibility()),
        "without a script there are buttons that do nothing");
  await page.close();
}

const lit = (page) => page.evaluate(() => [...document.querySelectorAll(".lit")].map((each) =>
    each.dataset.row !== undefined ? each.tagName + each.dataset.row : "source " + each.textContent));

async function highlights() {
  const page = await open("drift.html");
  const mapping = "#app-3 .mapping";
  await page.evaluate((of) => document.querySelector(of + " .flow").focus(), mapping);
  check(String(await lit(page)) === "TR0,g0,source userPrincipalName", `the first flow lights ${await lit(page)}`);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  check(String(await lit(page)) === "TR2,TR2,g2,source givenName,source surname", `the third flow lights ${await lit(page)}`);
  check(await page.evaluate((of) => document.querySelectorAll(of + " .flow[tabindex='0']").length === 1, mapping),
        "a picture is more than one stop of the Tab key");
  await page.keyboard.press("Tab");
  check(String(await lit(page)) === "", `what was left stays lit: ${await lit(page)}`);
  await page.hover(mapping + " .source[data-source='3']");
  check(String(await lit(page)) === "TR2,TR2,TR3,g2,g3,source givenName,source surname",
        `under the pointer a source lights ${await lit(page)}`);
  await page.close();
}

async function filters() {
  const page = await open("many.html");
  const shown = () => page.evaluate(() => [...document.querySelectorAll(".card")].filter((card) => !card.hidden).length);
  check(await shown() === 500, "not every application is there");
  await page.type("#find", "officecode");
  check(await shown() === 72, `the filter shows ${await shown()}`);
  check(await page.evaluate(() => document.getElementById("count").textContent) === "72 of 500", "the count is not told");
  await page.click("button[data-state='in-step']");
  check(await shown() === 0, "the states do not filter");
  await page.close();
}

/** What nobody looks at is not laid out: of 500 open cards the browser draws those in view. */
async function manyStayLight() {
  const page = await open("many.html");
  await page.click("#all");
  const skipped = await page.evaluate(() => [...document.querySelectorAll(".card")]
      .filter((card) => !card.querySelector(".body").checkVisibility({contentVisibilityAuto: true})).length);
  check(skipped > 450, `only ${skipped} of 500 open cards are left out of the layout`);
  await page.close();
}

async function narrow() {
  for (const name of ["drift.html", "hostile.html"]) {
    const page = await open(name, {width: 380, height: 800});
    await page.evaluate(() => document.querySelectorAll("details").forEach((card) => { card.open = true; }));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(wide <= 0, `${name} is ${wide} pixels wider than a narrow window`);
    await page.close();
  }
}

async function hostileTextIsInert() {
  const page = await open("hostile.html");
  const found = await page.evaluate(() => ({
    images: document.images.length,
    scripts: document.scripts.length,
    says: document.querySelector("h1").textContent.includes("<script>alert(1)</script>"),
    hidden: /[\u0000-\u0008\u000e-\u001f\u200b\u202a-\u202e\u2066-\u2069]/.test(document.documentElement.outerHTML),
  }));
  check(found.images === 0 && found.scripts === 2, "foreign text made elements");
  check(found.says, "foreign text is not shown as text");
  check(!found.hidden, "a control character is in the page");
  await page.close();
}

async function picture(file, options) {
  const page = await open("drift.html", options);
  if (options.print) await page.emulateMediaType("print");
  await page.screenshot({path: path.join(pictures, file), type: "png", fullPage: Boolean(options.print)});
  await page.close();
}

for (const name of ["drift.html", "hostile.html"]) {
  for (const scheme of ["light", "dark"]) await accessible(name, scheme);
}
await policyHolds();
await withoutScript();
await highlights();
await filters();
await manyStayLight();
await narrow();
await hostileTextIsInert();
if (pictures) {
  await picture("page-light.png", {width: 1120, height: 1000});
  await picture("page-dark.png", {width: 1120, height: 1000, scheme: "dark"});
}
await browser.close();
