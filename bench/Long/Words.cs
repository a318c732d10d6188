using System.Text;

namespace Agents.Bench.Long;

/// <summary>Prompts whose words are as unevenly frequent as people's, a seventh of them Chinese, with some words whose share is known.</summary>
internal sealed class Words(Random random)
{
    public const string Frequent = "deploy";
    public const string Common = "invoice";
    public const string Uncommon = "kangaroo";
    public const string Rare = "quetzalcoatl";
    public const string ChineseFrequent = "数据库";
    public const string ChineseRare = "量子计算";

    private const int Vocabulary = 20_000;
    private const double ChineseShare = 0.15;

    private static readonly string[] Syllables = "ba be bi bo da de di fa fe ga go ka ke ko la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se si so ta te ti to va ve vi za st tr ent ing er on al".Split(' ');
    private static readonly string[] ChineseWords = "分析 检查 用户 登录 系统 服务 接口 报告 生成 测试 部署 修复 错误 日志 订单 支付 客户 合同 文档 翻译 总结 邮件 会议 计划 代码 审查 性能 优化 安全 漏洞 备份 恢复 监控 告警 配置 版本 发布 前端 后端 网络 存储 缓存 消息 队列 任务 调度 模型 训练 图片 视频 语音 搜索 推荐 统计 图表 表格 导入 导出 权限 角色".Split(' ');
    private static readonly string[] Latin = [.. Make(new Random(7))];

    public string Next()
    {
        var text = new StringBuilder();
        if (random.NextDouble() < ChineseShare)
        {
            for (var n = random.Next(6, 30); n > 0; n--)
            {
                text.Append(ChineseWords[Zipf(ChineseWords.Length)]);
                text.Append(random.Next(8) == 0 ? "，" : "");
            }

            Mark(text, ChineseFrequent, 0.2);
            Mark(text, ChineseRare, 0.0001);
            return text.ToString();
        }

        for (var n = random.Next(8, 40); n > 0; n--)
        {
            text.Append(Latin[Zipf(Latin.Length)]).Append(' ');
        }

        text.Append('#').Append(random.Next(100_000));
        Mark(text, " Deploy", 0.1);
        Mark(text, " invoice", 0.01);
        Mark(text, " kangaroo", 0.0001);
        Mark(text, " Quetzalcoatl", 0.000002);
        return text.ToString();
    }

    /// <summary>The n-th is as frequent as 1/n.</summary>
    private int Zipf(int count) => Math.Min(count - 1, (int)Math.Exp(random.NextDouble() * Math.Log(count + 1)) - 1);

    private void Mark(StringBuilder text, string word, double share)
    {
        if (random.NextDouble() < share)
        {
            text.Append(word);
        }
    }

    private static HashSet<string> Make(Random random)
    {
        HashSet<string> words = [];
        while (words.Count < Vocabulary)
        {
            words.Add(string.Concat(Enumerable.Range(0, 1 + (words.Count < 100 ? 1 : random.Next(1, 4))).Select(_ => Syllables[random.Next(Syllables.Length)])));
        }

        return words;
    }
}
