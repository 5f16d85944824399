"""Trains one boosted-tree model on rows that learn.js wrote. In: a folder with rows.f32, label.f32, weight.f32, fold.i32
and a settings file. Out: score.f32 (each row by a model that has not seen its fold; rows of fold -1 are test rows, by
the model of all others) and model.json."""
import json
import sys

import lightgbm as lgb
import numpy as np

folder = sys.argv[1]
settings = json.load(open(f"{folder}/settings.json"))
rows = np.fromfile(f"{folder}/rows.f32", dtype=np.float32).reshape(-1, settings["width"])
label = np.fromfile(f"{folder}/label.f32", dtype=np.float32)
weight = np.fromfile(f"{folder}/weight.f32", dtype=np.float32)
fold = np.fromfile(f"{folder}/fold.i32", dtype=np.int32)

parameters = dict(
    objective="cross_entropy",
    learning_rate=settings["rate"],
    num_leaves=settings["leaves"],
    max_depth=settings.get("depth", -1),
    min_data_in_leaf=settings.get("least", 40),
    feature_fraction=settings.get('features', 0.4),
    bagging_fraction=0.7,
    bagging_freq=1,
    lambda_l2=settings.get('l2', 5.0),
    max_bin=63,
    num_threads=1,
    verbose=-1,
    seed=7,
    deterministic=True,
    force_row_wise=True,
)


def fit(mask):
    data = lgb.Dataset(rows[mask], label=label[mask], weight=weight[mask], free_raw_data=True)
    return lgb.train(parameters, data, num_boost_round=settings["trees"])


score = np.zeros(len(label), dtype=np.float32)
train = (fold >= 0) & (weight > 0)
if settings["inner"]:
    for k in range(fold.max() + 1):
        mine = fold == k
        if mine.any():
            score[mine] = fit(train & ~mine).predict(rows[mine])
model = fit(train)
test = fold < 0 if settings["inner"] else np.ones(len(fold), dtype=bool)
if test.any():
    score[test] = model.predict(rows[test])
score.tofile(f"{folder}/score.f32")


def flat(node, out):
    """Depth-first: [feature, threshold, index of the right child] or [-1, value]; the left child follows its parent."""
    at = len(out)
    if "leaf_value" in node:
        out.append([-1, node["leaf_value"], 0])
        return
    assert node["decision_type"] == "<=", node
    out.append([node["split_feature"], node["threshold"], 0])
    flat(node["left_child"], out)
    out[at][2] = len(out)
    flat(node["right_child"], out)


trees = []
for tree in model.dump_model()["tree_info"]:
    out = []
    flat(tree["tree_structure"], out)
    trees.append(out)
json.dump(trees, open(f"{folder}/model.json", "w"))
importance = sorted(zip(model.feature_importance("gain"), settings["names"]), reverse=True)
json.dump([[n, round(float(g), 1)] for g, n in importance], open(f"{folder}/importance.json", "w"))
