/*
 @licstart  The following is the entire license notice for the JavaScript code in this file.

 The MIT License (MIT)

 Copyright (C) 1997-2020 by Dimitri van Heesch

 Permission is hereby granted, free of charge, to any person obtaining a copy of this software
 and associated documentation files (the "Software"), to deal in the Software without restriction,
 including without limitation the rights to use, copy, modify, merge, publish, distribute,
 sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
 furnished to do so, subject to the following conditions:

 The above copyright notice and this permission notice shall be included in all copies or
 substantial portions of the Software.

 THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING
 BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
 NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
 DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
 OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.

 @licend  The above is the entire license notice for the JavaScript code in this file
*/
var NAVTREE =
[
  [ "Shoal", "index.html", [
    [ "Commands", "index.html#page_readme_md__commands", null ],
    [ "Status and limits", "index.html#page_readme_md__status-and-limits", null ],
    [ "Docs", "page_docs_readme_md.html", null ],
    [ "A runtime adopts Shoal, in six steps", "page_docs_tutorial_readme_md.html", [
      [ "Step 1: join", "page_docs_tutorial_readme_md.html#page_docs_tutorial_readme_md__step-1-join", null ],
      [ "Step 2: one identity for a declaration", "page_docs_tutorial_readme_md.html#page_docs_tutorial_readme_md__step-2-one-identity-for-a-declaration", null ],
      [ "Step 3: objects and values", "page_docs_tutorial_readme_md.html#page_docs_tutorial_readme_md__step-3-objects-and-values", null ],
      [ "Step 4: methods of one's own", "page_docs_tutorial_readme_md.html#page_docs_tutorial_readme_md__step-4-methods-of-ones-own", null ],
      [ "Step 5: send", "page_docs_tutorial_readme_md.html#page_docs_tutorial_readme_md__step-5-send", null ],
      [ "Step 6: edges", "page_docs_tutorial_readme_md.html#page_docs_tutorial_readme_md__step-6-edges", null ],
      [ "What it took", "page_docs_tutorial_readme_md.html#page_docs_tutorial_readme_md__what-it-took", null ]
    ] ],
    [ "Adopt your runtime", "page_docs_how_to_adopt_your_runtime_md.html", [
      [ "Checklist", "page_docs_how_to_adopt_your_runtime_md.html#page_docs_how_to_adopt_your_runtime_md__checklist", null ],
      [ "Build", "page_docs_how_to_adopt_your_runtime_md.html#page_docs_how_to_adopt_your_runtime_md__build", null ],
      [ "The world", "page_docs_how_to_adopt_your_runtime_md.html#page_docs_how_to_adopt_your_runtime_md__the-world", null ],
      [ "Safepoints", "page_docs_how_to_adopt_your_runtime_md.html#page_docs_how_to_adopt_your_runtime_md__safepoints", null ],
      [ "Values", "page_docs_how_to_adopt_your_runtime_md.html#page_docs_how_to_adopt_your_runtime_md__values", null ],
      [ "Scopes and handles", "page_docs_how_to_adopt_your_runtime_md.html#page_docs_how_to_adopt_your_runtime_md__scopes-and-handles", null ],
      [ "Identity", "page_docs_how_to_adopt_your_runtime_md.html#page_docs_how_to_adopt_your_runtime_md__identity", null ],
      [ "Behaviour", "page_docs_how_to_adopt_your_runtime_md.html#page_docs_how_to_adopt_your_runtime_md__behaviour", null ],
      [ "Locks", "page_docs_how_to_adopt_your_runtime_md.html#page_docs_how_to_adopt_your_runtime_md__locks", [
        [ "Waiting for a change", "page_docs_how_to_adopt_your_runtime_md.html#page_docs_how_to_adopt_your_runtime_md__waiting-for-a-change", null ]
      ] ],
      [ "Mailboxes", "page_docs_how_to_adopt_your_runtime_md.html#page_docs_how_to_adopt_your_runtime_md__mailboxes", null ],
      [ "Errors", "page_docs_how_to_adopt_your_runtime_md.html#page_docs_how_to_adopt_your_runtime_md__errors", null ],
      [ "What stays on its thread", "page_docs_how_to_adopt_your_runtime_md.html#page_docs_how_to_adopt_your_runtime_md__what-stays-on-its-thread", null ],
      [ "Fork, leaving, switching off", "page_docs_how_to_adopt_your_runtime_md.html#page_docs_how_to_adopt_your_runtime_md__fork-leaving-switching-off", null ],
      [ "Checks", "page_docs_how_to_adopt_your_runtime_md.html#page_docs_how_to_adopt_your_runtime_md__checks", null ],
      [ "What things cost", "page_docs_how_to_adopt_your_runtime_md.html#page_docs_how_to_adopt_your_runtime_md__what-things-cost", null ],
      [ "Without Shoal's heap", "page_docs_how_to_adopt_your_runtime_md.html#page_docs_how_to_adopt_your_runtime_md__without-shoals-heap", null ]
    ] ],
    [ "How to look at shared objects in gdb", "page_docs_how_to_debug_md.html", [
      [ "Load them", "page_docs_how_to_debug_md.html#page_docs_how_to_debug_md__load-them", null ],
      [ "Objects", "page_docs_how_to_debug_md.html#page_docs_how_to_debug_md__objects", null ],
      [ "Types", "page_docs_how_to_debug_md.html#page_docs_how_to_debug_md__types", null ],
      [ "What is not there", "page_docs_how_to_debug_md.html#page_docs_how_to_debug_md__what-is-not-there", null ]
    ] ],
    [ "How to use Shoal from Lua", "page_docs_how_to_from_lua_md.html", [
      [ "Install", "page_docs_how_to_from_lua_md.html#page_docs_how_to_from_lua_md__install", null ],
      [ "Declare, create, share", "page_docs_how_to_from_lua_md.html#page_docs_how_to_from_lua_md__declare-create-share", null ],
      [ "Which declarations are the same type?", "page_docs_how_to_from_lua_md.html#page_docs_how_to_from_lua_md__which-declarations-are-the-same-type", null ],
      [ "Methods in agents that never declared the type", "page_docs_how_to_from_lua_md.html#page_docs_how_to_from_lua_md__methods-in-agents-that-never-declared-the-type", null ],
      [ "Agents", "page_docs_how_to_from_lua_md.html#page_docs_how_to_from_lua_md__agents", null ],
      [ "Atomics", "page_docs_how_to_from_lua_md.html#page_docs_how_to_from_lua_md__atomics", null ],
      [ "From tables to shared objects", "page_docs_how_to_from_lua_md.html#page_docs_how_to_from_lua_md__from-tables-to-shared-objects", null ],
      [ "What belongs to one agent", "page_docs_how_to_from_lua_md.html#page_docs_how_to_from_lua_md__what-belongs-to-one-agent", null ],
      [ "Limits", "page_docs_how_to_from_lua_md.html#page_docs_how_to_from_lua_md__limits", null ]
    ] ],
    [ "Identity and behaviour", "page_docs_explanation_identity_md.html", [
      [ "What is needed", "page_docs_explanation_identity_md.html#page_docs_explanation_identity_md__what-is-needed", null ],
      [ "What else would do", "page_docs_explanation_identity_md.html#page_docs_explanation_identity_md__what-else-would-do", null ],
      [ "Three ways to agree", "page_docs_explanation_identity_md.html#page_docs_explanation_identity_md__three-ways-to-agree", null ],
      [ "What others have objected, and what we answer", "page_docs_explanation_identity_md.html#page_docs_explanation_identity_md__what-others-have-objected-and-what-we-answer", null ],
      [ "What would change our minds", "page_docs_explanation_identity_md.html#page_docs_explanation_identity_md__what-would-change-our-minds", null ]
    ] ],
    [ "What an order buys", "page_docs_explanation_memory_model_md.html", [
      [ "What was needed", "page_docs_explanation_memory_model_md.html#page_docs_explanation_memory_model_md__what-was-needed", null ],
      [ "What else would do", "page_docs_explanation_memory_model_md.html#page_docs_explanation_memory_model_md__what-else-would-do", null ],
      [ "In the words of others", "page_docs_explanation_memory_model_md.html#page_docs_explanation_memory_model_md__in-the-words-of-others", null ],
      [ "Fields that are not atomic", "page_docs_explanation_memory_model_md.html#page_docs_explanation_memory_model_md__fields-that-are-not-atomic", null ],
      [ "How it is checked", "page_docs_explanation_memory_model_md.html#page_docs_explanation_memory_model_md__how-it-is-checked", null ],
      [ "What would change our minds", "page_docs_explanation_memory_model_md.html#page_docs_explanation_memory_model_md__what-would-change-our-minds", null ],
      [ "aarch64", "page_docs_explanation_memory_model_md.html#page_docs_explanation_memory_model_md__aarch64", null ]
    ] ],
    [ "Protocols, as models", "page_docs_explanation_protocols_md.html", [
      [ "base", "page_docs_explanation_protocols_md.html#page_docs_explanation_protocols_md__base", null ],
      [ "presence", "page_docs_explanation_protocols_md.html#page_docs_explanation_protocols_md__presence", null ],
      [ "Agents come and go: life_cycle", "page_docs_explanation_protocols_md.html#page_docs_explanation_protocols_md__agents-come-and-go-life_cycle", null ],
      [ "Calls to the owner: dispatch", "page_docs_explanation_protocols_md.html#page_docs_explanation_protocols_md__calls-to-the-owner-dispatch", null ],
      [ "A mutex, and who waits for it: mutex", "page_docs_explanation_protocols_md.html#page_docs_explanation_protocols_md__a-mutex-and-who-waits-for-it-mutex", null ],
      [ "A type is seen for the first time: first_sight", "page_docs_explanation_protocols_md.html#page_docs_explanation_protocols_md__a-type-is-seen-for-the-first-time-first_sight", null ],
      [ "Equal keys, one type: registry", "page_docs_explanation_protocols_md.html#page_docs_explanation_protocols_md__equal-keys-one-type-registry", null ]
    ] ],
    [ "What may leak", "page_docs_explanation_what_may_leak_md.html", [
      [ "What is needed", "page_docs_explanation_what_may_leak_md.html#page_docs_explanation_what_may_leak_md__what-is-needed", null ],
      [ "What is held, for how long, and where it shows", "page_docs_explanation_what_may_leak_md.html#page_docs_explanation_what_may_leak_md__what-is-held-for-how-long-and-where-it-shows", null ],
      [ "To see it", "page_docs_explanation_what_may_leak_md.html#page_docs_explanation_what_may_leak_md__to-see-it", null ],
      [ "What else would do", "page_docs_explanation_what_may_leak_md.html#page_docs_explanation_what_may_leak_md__what-else-would-do", null ],
      [ "What would change our mind", "page_docs_explanation_what_may_leak_md.html#page_docs_explanation_what_may_leak_md__what-would-change-our-mind", null ]
    ] ],
    [ "Why prototypes are per agent", "page_docs_explanation_why_per_agent_md.html", [
      [ "What is needed", "page_docs_explanation_why_per_agent_md.html#page_docs_explanation_why_per_agent_md__what-is-needed", null ],
      [ "What else would do", "page_docs_explanation_why_per_agent_md.html#page_docs_explanation_why_per_agent_md__what-else-would-do", null ],
      [ "What the collectors see", "page_docs_explanation_why_per_agent_md.html#page_docs_explanation_why_per_agent_md__what-the-collectors-see", null ],
      [ "What is built", "page_docs_explanation_why_per_agent_md.html#page_docs_explanation_why_per_agent_md__what-is-built", null ],
      [ "What would change our mind", "page_docs_explanation_why_per_agent_md.html#page_docs_explanation_why_per_agent_md__what-would-change-our-mind", null ]
    ] ],
    [ "Reference", "page_docs_reference_readme_md.html", [
      [ "base", "page_docs_reference_readme_md.html#page_docs_reference_readme_md__base", null ],
      [ "type", "page_docs_reference_readme_md.html#page_docs_reference_readme_md__type", null ],
      [ "object", "page_docs_reference_readme_md.html#page_docs_reference_readme_md__object", null ],
      [ "local", "page_docs_reference_readme_md.html#page_docs_reference_readme_md__local", null ],
      [ "heap", "page_docs_reference_readme_md.html#page_docs_reference_readme_md__heap", null ],
      [ "agent", "page_docs_reference_readme_md.html#page_docs_reference_readme_md__agent", null ],
      [ "sync", "page_docs_reference_readme_md.html#page_docs_reference_readme_md__sync", null ],
      [ "embed", "page_docs_reference_readme_md.html#page_docs_reference_readme_md__embed", null ]
    ] ],
    [ "Errors", "page_docs_reference_errors_md.html", null ],
    [ "Figures", "page_docs_reference_figures_md.html", [
      [ "Behaviour of an object", "page_docs_reference_figures_md.html#page_docs_reference_figures_md__behaviour-of-an-object", null ],
      [ "Creation", "page_docs_reference_figures_md.html#page_docs_reference_figures_md__creation", null ],
      [ "Fields", "page_docs_reference_figures_md.html#page_docs_reference_figures_md__fields", null ],
      [ "Threads of Lua", "page_docs_reference_figures_md.html#page_docs_reference_figures_md__threads-of-lua", null ],
      [ "All else", "page_docs_reference_figures_md.html#page_docs_reference_figures_md__all-else", null ]
    ] ],
    [ "Instruction counts", "page_docs_reference_instruction_counts_md.html", null ],
    [ "Memory orders", "page_docs_reference_memory_order_md.html", [
      [ "Edges", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__edges", [
        [ "agent", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__agent", null ],
        [ "any", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__any", null ],
        [ "cluster", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__cluster", null ],
        [ "dispatch", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__dispatch", null ],
        [ "field", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__field", null ],
        [ "handle", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__handle", null ],
        [ "heap", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__heap", null ],
        [ "keyed_table", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__keyed_table", null ],
        [ "lock", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__lock", null ],
        [ "mailbox", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__mailbox", null ],
        [ "mutex", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__mutex", null ],
        [ "parking", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__parking", null ],
        [ "presence", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__presence", null ],
        [ "prototype", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__prototype", null ],
        [ "prototype_table", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__prototype_table", null ],
        [ "ref", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__ref", null ],
        [ "type_table", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__type_table", null ]
      ] ],
      [ "The caller's orders", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__the-callers-orders", null ],
      [ "Explained", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__explained", null ],
      [ "Relaxed", "page_docs_reference_memory_order_md.html#page_docs_reference_memory_order_md__relaxed", null ]
    ] ],
    [ "Glossary", "page_docs_glossary_md.html", [
      [ "The world", "page_docs_glossary_md.html#page_docs_glossary_md__the-world", null ],
      [ "Types and objects", "page_docs_glossary_md.html#page_docs_glossary_md__types-and-objects", null ],
      [ "Behaviour", "page_docs_glossary_md.html#page_docs_glossary_md__behaviour", null ],
      [ "Access", "page_docs_glossary_md.html#page_docs_glossary_md__access", null ],
      [ "Life", "page_docs_glossary_md.html#page_docs_glossary_md__life", null ],
      [ "What a function promises", "page_docs_glossary_md.html#page_docs_glossary_md__what-a-function-promises", null ]
    ] ],
    [ "The floors", "page_include_shoal_readme_md.html", null ],
    [ "Shoal for Lua", "page_lib_lua_readme_md.html", [
      [ "How it stands on Shoal", "page_lib_lua_readme_md.html#page_lib_lua_readme_md__how-it-stands-on-shoal", null ],
      [ "Switches", "page_lib_lua_readme_md.html#page_lib_lua_readme_md__switches", null ]
    ] ],
    [ "Results", "page_benchmarks_results_readme_md.html", null ],
    [ "Contributing", "page_contributing_md.html", [
      [ "Tests", "page_contributing_md.html#page_contributing_md__tests", null ],
      [ "Code", "page_contributing_md.html#page_contributing_md__code", null ],
      [ "Figures", "page_contributing_md.html#page_contributing_md__figures", null ]
    ] ],
    [ "Changelog", "page_changelog_md.html", [
      [ "0.1.0", "page_changelog_md.html#page_changelog_md__010", null ]
    ] ],
    [ "Programs and sources", "sources.html", "sources" ],
    [ "Namespaces", "namespaces.html", [
      [ "Namespace List", "namespaces.html", "namespaces_dup" ],
      [ "Namespace Members", "namespacemembers.html", [
        [ "All", "namespacemembers.html", null ],
        [ "Functions", "namespacemembers_func.html", null ],
        [ "Variables", "namespacemembers_vars.html", null ],
        [ "Typedefs", "namespacemembers_type.html", null ],
        [ "Enumerations", "namespacemembers_enum.html", null ]
      ] ]
    ] ],
    [ "Concepts", "concepts.html", "concepts" ],
    [ "Classes", "annotated.html", [
      [ "Class List", "annotated.html", "annotated_dup" ],
      [ "Class Index", "classes.html", null ],
      [ "Class Hierarchy", "hierarchy.html", "hierarchy" ],
      [ "Class Members", "functions.html", [
        [ "All", "functions.html", "functions_dup" ],
        [ "Functions", "functions_func.html", "functions_func" ],
        [ "Variables", "functions_vars.html", "functions_vars" ],
        [ "Typedefs", "functions_type.html", null ],
        [ "Enumerations", "functions_enum.html", null ],
        [ "Enumerator", "functions_eval.html", null ],
        [ "Related Functions", "functions_rela.html", null ]
      ] ]
    ] ],
    [ "Files", "files.html", [
      [ "File List", "files.html", "files_dup" ],
      [ "File Members", "globals.html", [
        [ "All", "globals.html", null ],
        [ "Macros", "globals_defs.html", null ]
      ] ]
    ] ]
  ] ]
];

var NAVTREEINDEX =
[
"access_8hpp.html",
"classshoal_1_1agent.html#af157aff9e88a1536b6369a849b855f81",
"classshoal_1_1deadline.html#a6504c0cac5a1d2450a32136c66f1ffbb",
"classshoal_1_1local__context.html#a2ead8fad3dd09d3a8b03e6c948f14e46",
"classshoal_1_1reference.html#ab5279db98b7738884c7c38ef8590ea66",
"classshoal_1_1type__space.html#aa44c6c4571013e1f13279e5788e7c8fb",
"functions_vars.html",
"namespaceshoal.html#a6588db9377a950619e5f584930688ec7acb5e100e5a9a3e7f6d1fd97512215282",
"page_docs_how_to_from_lua_md.html#page_docs_how_to_from_lua_md__from-tables-to-shared-objects",
"structshoal_1_1array__spec.html",
"structshoal_1_1field.html#a759bf27b272f2d2ba2c6e673114e249d",
"structshoal_1_1parking__lot_1_1decision.html",
"thread__local__function_8hpp.html"
];

var SYNCONMSG = 'click to disable panel synchronisation';
var SYNCOFFMSG = 'click to enable panel synchronisation';