/** What the service says in English only, in the reader's language: by its stable forms. */

import { language } from "./i18n.js";

/** Why a model did not answer, and what was left out. Longer forms stand before shorter ones. @type {[RegExp, string][]} */
const FORMS = [
  [/^(.*) \((\d+) times\)$/, "$1（$2 次）"],
  [/^part of the text was done by rules: (.*)$/, "部分文字改由规则处理：$1"],
  [/^failed items were not sent back: (.*)$/, "未通过核验的条目没有退回重写：$1"],
  [/^(.*); done by rules$/, "$1；已改由规则处理"],
  [/^no report text was found$/, "没有找到报告正文"],
  [/^(\d+) items beyond any plausible number left out$/, "模型给出的条目多得不合情理，略去 $1 条"],
  [/^items that the model repeated word for word left out$/, "模型逐字重复的条目已略去"],
  [/^an item without a readable kind left out$/, "略去一条看不出类别的条目"],
  [/^an item without words or a sentence that exists left out$/, "略去一条既无内容、又未引用任何现有句子的条目"],
  [/^token counts are partly estimated: the endpoint did not tell$/, "令牌数部分为估计：模型服务没有告知"],
  [/^the endpoint failed repeatedly and is left alone for a while$/, "模型服务接连失败，暂停调用"],
  [/^the endpoint asked for a longer pause than we wait$/, "模型服务要求等待的时间过长"],
  [/^the endpoint answers in none of the modes: (.*)$/, "模型服务不支持任何一种作答方式：$1"],
  [/^the endpoint is busy (.*)$/, "模型服务繁忙 $1"],
  [/^the endpoint denied the request (.*)$/, "模型服务拒绝了请求 $1"],
  [/^the endpoint rejected the form of the request (.*)$/, "模型服务不接受这种请求 $1"],
  [/^the endpoint broke off (.*)$/, "模型服务中断了连接 $1"],
  [/^the endpoint sent something that is no completion.*$/, "模型服务的答复无法识别，请检查其地址"],
  [/^the endpoint failed (.*)$/, "模型服务出错 $1"],
  [/^a filter of the endpoint declined (.*)$/, "模型服务的内容过滤拒绝作答 $1"],
  [/^the model declined to answer(.*)$/, "模型拒绝作答$1"],
  [/^the answer hit its token limit$/, "模型的答复超出长度上限"],
  [/^the question did not fit (.*)$/, "文字超出模型的上下文 $1"],
  [/^the cap of (\S+) tokens a document is reached$/, "已达每份报告 $1 令牌的上限"],
  [/^the cost cap of (\S+) a document is reached$/, "已达每份报告 $1 的费用上限"],
  [/^no answer within (\S+) s$/, "模型服务 $1 秒内没有作答"],
  [/^no answer$/, "模型服务没有作答"],
  [/^the answer is blank$/, "模型的答复为空"],
  [/^the answer is an unfinished thought$/, "模型只想未答"],
  [/^the answer holds no JSON with items$/, "模型的答复不含条目"],
  [/^the answer is empty although the text makes statements$/, "文中有结论而模型一条未给"],
  [/^sentence numbers that do not exist left out of an item$/, "模型引用了不存在的句子编号，已略去"],
  [/^the rules see another kind in (\d+) of (\d+) statements of the model$/, "模型的 $2 条结论中，有 $1 条按规则应归入另一类"],
  [/^the reports are of (\S+) and (\S+), not of consecutive years$/, "两份报告的年份为 $1 与 $2，并非相邻两年"],
  [/^the reports name different organisations$/, "两份报告的单位不同"],
  [/^parts of the (\w+) report were done by rules or not at all$/, "$1报告有部分文字由规则处理或未能处理"],
  [/^earlier$/, "上一年"],
  [/^later$/, "本年"],
  [/^no goals or plans were found in the earlier report$/, "上一年报告中没有找到目标或计划"],
  [/^no achievements or problems were found in the later report$/, "本年报告中没有找到成效或问题"],
];

/**
 * @param {string} words as the service says them
 * @returns {string}
 */
export function told(words) {
  if (language() === "en") return words;
  for (const [form, chinese] of FORMS) {
    const found = form.exec(words);
    if (found) return chinese.replace(/\$(\d)/g, (_, group) => told(found[Number(group)]));
  }
  return words;
}
